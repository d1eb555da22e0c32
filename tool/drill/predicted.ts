import { FailureCase, predictRecovery, type ClusterKnowledge, type Prediction } from "../../components/recovery-model";
import { sandboxTimings, type SandboxProfile } from "../../sandbox";
import { inputsInCluster, type ClusterToPredict } from "../features/predict/cluster-inputs";
import type { StoreInCluster } from "../cluster/store/store-in-cluster";
import { DrillCase } from "./cases";
import { isByKubelet } from "./faults/evictions";
import { movedAway, podDeleted } from "./faults/pod-faults";

/** Properties of the drilled cluster that affect a prediction. */
export interface PredictedCluster extends ClusterToPredict {
  /** Absent on a real cluster. */
  sandboxProfile?: SandboxProfile;
}

/**
 * Timing of a sandbox, which binds a folder instead of mounting a volume and starts a small S3 server instead of radosgw.
 * These three values come from measured runs (the time after the stage `attached`, and twelve killed processes), so that no
 * comparison tests them.
 */
export const sandboxStart: ClusterKnowledge = {
  mount: [0, 0.5],
  containerStart: [1.5, 2.5],
  containerRestart: [0.3, 0.7],
};

/** Timing of an eviction by the kubelet: it checks the node every 10 s, with a grace period of 1 s for the pod. */
const kubeletEviction = { noticedAfterSeconds: [0, 10], terminationGracePeriodSeconds: 1 } as const;

/** Properties of an injected failure that affect a prediction. */
export interface PredictedFault {
  /** Name of the method. */
  method: string;
  /**
   * Number of earlier kills of this pod's process.
   *
   * @default 0
   */
  earlierKills?: number;
}

/** Returns the prediction of the recovery-time model for a drill; undefined if the model has no such case. */
export function predictedFor(
  drillCase: DrillCase,
  store: Pick<StoreInCluster, "accessMode" | "failover">,
  cluster: PredictedCluster,
  { method, earlierKills = 0 }: PredictedFault,
): Prediction | undefined {
  const failureCase = failureCases[drillCase];
  // The scheduler may leave a deleted pod's successor on its node, or move the volume: the model knows only either.
  if (failureCase === undefined || method === podDeleted.method.name) return undefined;
  const inputs = inputsInCluster(store, cluster);
  return predictRecovery(failureCase, {
    ...{ ...inputs, restarts: earlierKills },
    // The drill looks several times a second whether the node is ready.
    ...(drillCase === DrillCase.Fence && { fencedAfterSeconds: [0, 0.5] as const, podDeletedAtOnce: true }),
    ...(isByKubelet(method) && kubeletEviction),
    podAfterDetach: drillCase === DrillCase.Fence || method === movedAway.method.name,
    cluster: { ...inputs.cluster, ...(cluster.sandboxProfile && knowledgeOf(cluster.sandboxProfile)) },
  });
}

/** Failure cases of the model. To the control plane, an isolated node looks like a failed one. */
const failureCases: Readonly<Record<DrillCase, FailureCase | undefined>> = {
  [DrillCase.PodFailure]: FailureCase.PodFailure,
  [DrillCase.CrashLoop]: FailureCase.PodFailure,
  [DrillCase.SwitchOver]: FailureCase.SwitchOver,
  [DrillCase.Eviction]: FailureCase.SwitchOver,
  [DrillCase.NodeFailure]: FailureCase.NodeFailure,
  [DrillCase.Fence]: FailureCase.NodeFailure,
  [DrillCase.Partition]: FailureCase.NodeFailure,
  [DrillCase.NodeReturn]: undefined,
};

function knowledgeOf(profile: SandboxProfile): ClusterKnowledge {
  const timings = sandboxTimings[profile];
  return {
    ...sandboxStart,
    nodeMonitorPeriod: timings.nodeMonitorPeriodSeconds,
    nodeMonitorGracePeriod: timings.nodeMonitorGracePeriodSeconds,
    attachDetachSyncPeriod: timings.attachDetachSyncPeriodSeconds,
    leaseRenewInterval: timings.nodeLeaseDurationSeconds / 4,
    attach: secondsOf(timings.attachDelay),
    detach: secondsOf(timings.detachDelay),
  };
}

/** Parses a range of the sandbox, such as `1s-2s`. */
function secondsOf(range: string): [number, number] {
  const [least = 0, most = least] = range.split("-").map(parseFloat);
  return [least, most];
}
