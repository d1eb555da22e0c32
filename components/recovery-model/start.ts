import { firstTry } from "./back-off";
import type { ClusterTimings } from "./cluster";
import type { Random } from "./random";

/**
 * Returns the seconds from radosgw's start to its first response. The time grows with the number of objects, because radosgw
 * copies and reads its database.
 *
 * @see https://github.com/s3gw-tech/s3gw/tree/main/docs/research/ha 0.07 s empty, 0.24 s with 400 000 objects, 0.68 s with 800 000
 */
export function processStart(objects: number): number {
  return 0.07 + objects * 0.76e-6;
}

/** Maximum interval at which the kubelet polls for the attachment of a volume, in seconds. */
const kubeletLongest = 122;

/** Returns the time at which the new pod is ready, from the detected attachment. */
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
