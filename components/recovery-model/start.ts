import { firstTry } from "./back-off";
import type { ClusterTimings } from "./cluster";
import type { Random } from "./random";

/**
 * Seconds from radosgw's start to its first answer, which grows with the number of objects: the database is copied and read.
 *
 * @see https://github.com/s3gw-tech/s3gw/tree/main/docs/research/ha 0.07 s empty, 0.24 s with 400 000 objects, 0.68 s with 800 000
 */
export function processStart(objects: number): number {
  return 0.07 + objects * 0.76e-6;
}

/** The kubelet asks a volume's attachment once more after at most this long. */
const kubeletLongest = 122;

/** When the new pod is ready, from the controller's knowledge of its attachment. */
export function readyAt(
  known: number,
  bound: number,
  objects: number,
  timings: ClusterTimings,
  random: Random,
): number {
  const seen = timings.kubeletBackOff ? firstTry(bound, known, 0.5, kubeletLongest) : known + random.between([0.1, 1]);
  return seen + random.between(timings.mount) + random.between(timings.containerStart) + processStart(objects);
}
