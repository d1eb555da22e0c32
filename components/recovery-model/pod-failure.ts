import type { ClusterTimings } from "./cluster";
import { released, type NodeFailurePolicy } from "./node-failure";
import type { Random, Range } from "./random";
import type { StageTimes } from "./stages";
import { processStart } from "./start";

/** The kubelet looks at its containers every second (PLEG). */
const relist = 1;

/** The waits before a container is started again: none, then 10 s and twice as long each time, up to 5 min; over after 10 good ones. */
export function restartBackOff(restarts: number): number {
  return restarts === 0 ? 0 : Math.min(300, 10 * 2 ** (restarts - 1));
}

/** The gateway's process ended by itself; the pod and its volume stay. */
export function podFailure(restarts: number, objects: number, timings: ClusterTimings, random: Random): StageTimes {
  const noticed = random.between([0, relist]);
  const running = noticed + restartBackOff(restarts) + random.between(timings.containerRestart) + processStart(objects);
  const ready = running + random.between(timings.readinessProbe);
  return { ready, firstAnswer: ready + random.between(timings.routing) };
}

/** Inputs of the model for a switch-over, in addition to the cluster. */
export interface SwitchOverPolicy extends Pick<NodeFailurePolicy, "objects" | "podAfterDetach"> {
  readonly terminationGracePeriodSeconds: number;
  /** Seconds until the kubelet notices that its node runs short of a resource, and evicts the pod. */
  readonly noticedAfterSeconds?: Range;
}

/** The pod is moved while everything works: stopped, unmounted, and the volume attached to another node. */
export function switchOver(policy: SwitchOverPolicy, timings: ClusterTimings, random: Random): StageTimes {
  const { terminationGracePeriodSeconds, noticedAfterSeconds } = policy;
  const evicted = noticedAfterSeconds === undefined ? 0 : random.between(noticedAfterSeconds);
  const oldPodGone = evicted + Math.min(terminationGracePeriodSeconds, random.between(timings.processStop));
  const release = oldPodGone + random.between(timings.volumesInUse);
  return released({ evicted, oldPodGone }, release, policy, timings, random);
}
