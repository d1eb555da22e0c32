import { groupViolations } from "../validation/groups";
import { checkOptional, integer, text } from "../validation/rules";
import type { Violation } from "../validation/violations";

/**
 * Properties of the cluster that affect predicted recovery times. Set those that differ from the defaults of Kubernetes and
 * Longhorn.
 */
export interface PredictionArgs {
  /**
   * Minor version of Kubernetes. Before 1.32, a node becomes NotReady 10 s sooner. Before 1.36, the kubelet polls for the
   * volume with a back-off.
   * @default "1.36"
   */
  kubernetesVersion?: string;
  /**
   * Value of kube-controller-manager's `--node-monitor-grace-period`, in seconds.
   * @default that of `kubernetesVersion`: 50, or 40 before 1.32
   * @example 50
   */
  nodeMonitorGracePeriodSeconds?: number;
  /**
   * Value of kube-controller-manager's `--attach-detach-reconcile-sync-period`, in seconds.
   * @default 60
   */
  attachDetachReconcileSyncPeriodSeconds?: number;
  /**
   * Number of nodes that run Longhorn.
   * @default 3
   */
  nodes?: number;
  /**
   * Number of objects in the store, which affects the start time of radosgw.
   * @default 0
   * @example 100000
   */
  objects?: number;
}

const version = text(/^1\.\d{1,3}$/, 'a minor version of Kubernetes, such as "1.36"', "1.36");

/** Returns the violations of the input `prediction`. */
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
