import { groupViolations } from "../validation/groups";
import { checkOptional, integer, text } from "../validation/rules";
import type { Violation } from "../validation/violations";

/** Properties of the cluster on which predicted recovery times depend, if they differ from the defaults of Kubernetes and Longhorn. */
export interface PredictionArgs {
  /**
   * Minor version of Kubernetes. Before 1.32, a node becomes NotReady 10 s sooner; before 1.36, the kubelet waits for the volume with
   * a back-off.
   * @default "1.36"
   */
  kubernetesVersion?: string;
  /**
   * kube-controller-manager `--node-monitor-grace-period`, in seconds.
   * @default that of `kubernetesVersion`: 50, or 40 before 1.32
   */
  nodeMonitorGracePeriodSeconds?: number;
  /**
   * kube-controller-manager `--attach-detach-reconcile-sync-period`, in seconds.
   * @default 60
   */
  attachDetachReconcileSyncPeriodSeconds?: number;
  /**
   * Number of nodes that Longhorn runs on.
   * @default 3
   */
  nodes?: number;
  /**
   * Number of objects in the store, on which the start time of radosgw depends.
   * @default 0
   */
  objects?: number;
}

const version = text(/^1\.\d{1,3}$/, 'a minor version of Kubernetes, such as "1.36"', "1.36");

/** Returns what is wrong with the input `prediction`. */
export function predictionViolations(prediction: PredictionArgs | undefined): Violation[] {
  return groupViolations("prediction", prediction, (given) => [
    ...checkOptional("kubernetesVersion", given.kubernetesVersion, version),
    ...checkOptional(
      "nodeMonitorGracePeriodSeconds",
      given.nodeMonitorGracePeriodSeconds,
      integer(5, 3600, "seconds", 50),
    ),
    ...checkOptional(
      "attachDetachReconcileSyncPeriodSeconds",
      given.attachDetachReconcileSyncPeriodSeconds,
      integer(1, 3600, "seconds", 60),
    ),
    ...checkOptional("nodes", given.nodes, integer(2, 10_000, "nodes", 3)),
    ...checkOptional("objects", given.objects, integer(0, 1_000_000_000, "objects", 100_000)),
  ]);
}
