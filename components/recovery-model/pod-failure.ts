import type { ClusterTimings } from "./cluster";
import { released, type NodeFailurePolicy } from "./node-failure";
import type { Random, Range } from "./random";
import type { StageTimes } from "./stages";
import { processStart } from "./start";

/** Interval of the kubelet's container check (PLEG), in seconds. */
const relist = 1;

/**
 * Returns the wait before a container is restarted: none, then 10 s, doubling up to 5 min. It is reset after ten minutes
 * without a failure.
 */
export function restartBackOff(restarts: number): number {
  return restarts === 0 ? 0 : Math.min(300, 10 * 2 ** (restarts - 1));
}

/** Returns one random recovery from an exited process. The pod and its volume stay. */
export function podFailure(restarts: number, objects: number, timings: ClusterTimings, random: Random): StageTimes {
  const noticed = random.between([0, relist]);
  const running = noticed + restartBackOff(restarts) + random.between(timings.containerRestart) + processStart(objects);
  const ready = running + random.between(timings.readinessProbe);
  return { ready, firstAnswer: ready + random.between(timings.routing) };
}

/** Inputs of the model for a switch-over, in addition to the cluster. */
export interface SwitchOverPolicy extends Pick<NodeFailurePolicy, "objects" | "podAfterDetach"> {
  readonly terminationGracePeriodSeconds: number;
  /** Seconds until the kubelet detects resource pressure on its node and evicts the pod. */
  readonly noticedAfterSeconds?: Range;
}

/** Returns one random planned move of the pod: it is stopped and unmounted, and the volume is attached to another node. */
export function switchOver(policy: SwitchOverPolicy, timings: ClusterTimings, random: Random): StageTimes {
  const { terminationGracePeriodSeconds, noticedAfterSeconds } = policy;
  const evicted = noticedAfterSeconds === undefined ? 0 : random.between(noticedAfterSeconds);
  const oldPodGone = evicted + Math.min(terminationGracePeriodSeconds, random.between(timings.processStop));
  const release = oldPodGone + random.between(timings.volumesInUse);
  return released({ evicted, oldPodGone }, release, policy, timings, random);
}
