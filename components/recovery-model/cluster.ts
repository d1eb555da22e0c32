import { parseVersion } from "../version";
import type { Range } from "./random";

/**
 * Timings of the cluster that affect a recovery time, in seconds: timers of Kubernetes and Longhorn, and durations of volume
 * operations. The defaults are those of Kubernetes 1.36 and Longhorn 1.12.
 */
export interface ClusterTimings {
  /** kube-controller-manager `--node-monitor-period`. */
  readonly nodeMonitorPeriod: number;
  /** kube-controller-manager `--node-monitor-grace-period`: 50 since Kubernetes 1.32, 40 before (kubernetes PR 126287). */
  readonly nodeMonitorGracePeriod: number;
  /** Interval at which the kubelet renews its lease: a quarter of `nodeLeaseDurationSeconds`, which is 40. */
  readonly leaseRenewInterval: number;
  /** From a node that is not ready and the end of the toleration to the terminating pod: the queues of the taint controllers. */
  readonly eviction: Range;
  /** Interval at which Longhorn's informers resynchronize its controllers (`controller/controller_manager.go`). */
  readonly longhornResync: number;
  /** Remaining Longhorn managers, each with a random phase: the nodes that run Longhorn, except the failed one. */
  readonly longhornManagers: number;
  /** From the deletion of an attachment to its removal: Longhorn's CSI unpublish returns before the volume is detached. */
  readonly unpublish: Range;
  /** kube-controller-manager `--attach-detach-reconcile-sync-period`: interval at which it verifies attachments. */
  readonly attachDetachSyncPeriod: number;
  /** Interval of the pod garbage collector, which has no flag. */
  readonly podGarbageCollection: number;
  /** Duration of detaching a volume from a node that does not respond. */
  readonly detach: Range;
  /** Duration of attaching a volume. */
  readonly attach: Range;
  /** Interval of the kubelet's status loop, which releases a volume that is no longer mounted. */
  readonly volumesInUse: Range;
  /** From the detected attachment to the mounted file system. */
  readonly mount: Range;
  /** From the mounted file system to a running process. */
  readonly containerStart: Range;
  /** From the detected exit of a container to a running process in the same pod. */
  readonly containerRestart: Range;
  /** Duration of radosgw's stop on SIGTERM. */
  readonly processStop: Range;
  /** From a responding process to a ready pod: the probe runs every second. */
  readonly readinessProbe: Range;
  /** From a ready pod to a client that reaches it: EndpointSlice, kube-proxy. */
  readonly routing: Range;
  /** Whether the kubelet polls for the attachment with a back-off of up to two minutes, as before Kubernetes 1.36. */
  readonly kubeletBackOff: boolean;
}

/**
 * Timings of Kubernetes 1.36 and Longhorn 1.12.
 *
 * @see ../../docs/recovery-times.md for the source of each number
 */
const newest: ClusterTimings = {
  nodeMonitorPeriod: 5,
  nodeMonitorGracePeriod: 50,
  leaseRenewInterval: 10,
  eviction: [0.1, 0.6],
  longhornResync: 30,
  longhornManagers: 2,
  unpublish: [1.7, 2.4],
  attachDetachSyncPeriod: 60,
  podGarbageCollection: 20,
  detach: [2, 28],
  attach: [5, 15],
  volumesInUse: [0, 10],
  mount: [1, 6],
  containerStart: [0.5, 2],
  containerRestart: [0.5, 2],
  processStop: [0.5, 3],
  readinessProbe: [0, 1],
  routing: [0, 0.3],
  kubeletBackOff: false,
};

/** Known properties of a cluster. The others are those of its Kubernetes version. */
export interface ClusterKnowledge extends Partial<ClusterTimings> {
  /**
   * Minor version of Kubernetes, such as `1.31`.
   * @default "1.36"
   */
  readonly kubernetesVersion?: string;
}

/**
 * Returns the timings of a cluster: known ones, and those of its version.
 *
 * @throws RangeError if the version is invalid
 */
export function clusterTimings({ kubernetesVersion = "1.36", ...known }: ClusterKnowledge = {}): ClusterTimings {
  const minor = minorOf(kubernetesVersion);
  return {
    ...newest,
    nodeMonitorGracePeriod: minor >= 32 ? 50 : 40,
    kubeletBackOff: minor < 36,
    ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)),
  };
}

function minorOf(version: string): number {
  const { major, minor } = parseVersion(version) ?? {};
  if (major === 1 && minor !== undefined) return minor;
  throw new RangeError(`kubernetesVersion: got "${version}", expected a version such as "1.36"`);
}
