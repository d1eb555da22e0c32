import { parseVersion } from "../version";
import type { Range } from "./random";

/**
 * What a recovery time depends on and no store decides: timers of Kubernetes and Longhorn, and how long the volume takes. Seconds.
 * The defaults are those of Kubernetes 1.36 and Longhorn 1.12 where nobody changed them.
 */
export interface ClusterTimings {
  /** kube-controller-manager `--node-monitor-period`. */
  readonly nodeMonitorPeriod: number;
  /** kube-controller-manager `--node-monitor-grace-period`: 50 from Kubernetes 1.32 on, 40 before (kubernetes PR 126287). */
  readonly nodeMonitorGracePeriod: number;
  /** The kubelet renews its lease at a quarter of `nodeLeaseDurationSeconds`, which is 40. */
  readonly leaseRenewInterval: number;
  /** From a node that is not ready, and the end of the toleration, to the pod that is marked as terminating: the taint's queues. */
  readonly eviction: Range;
  /** Longhorn's informers show everything to its controllers again this often (`controller/controller_manager.go`). */
  readonly longhornResync: number;
  /** Longhorn managers that are left, each with a phase of its own: the nodes with Longhorn, without the dead one. */
  readonly longhornManagers: number;
  /** From the deletion of an attachment to its end: Longhorn's CSI unpublish returns before the volume is detached. */
  readonly unpublish: Range;
  /** kube-controller-manager `--attach-detach-reconcile-sync-period`: how often it looks whether attachments are still there. */
  readonly attachDetachSyncPeriod: number;
  /** The pod garbage collector's loop, which has no flag. */
  readonly podGarbageCollection: number;
  /** How long a volume takes to be detached from a node that does not answer. */
  readonly detach: Range;
  /** How long a volume takes to be attached. */
  readonly attach: Range;
  /** The kubelet's status loop, after which a volume that is no longer mounted is released. */
  readonly volumesInUse: Range;
  /** From the controller's knowledge of the attachment to a mounted file system. */
  readonly mount: Range;
  /** From the mounted file system to a process that runs. */
  readonly containerStart: Range;
  /** From a container whose end is known to a process that runs again, in the same pod. */
  readonly containerRestart: Range;
  /** How long radosgw takes to stop on SIGTERM. */
  readonly processStop: Range;
  /** From a process that answers to a pod that is ready: the probes come every second. */
  readonly readinessProbe: Range;
  /** From a pod that is ready to a client that reaches it: EndpointSlice, kube-proxy. */
  readonly routing: Range;
  /** Whether the kubelet asks for the attachment with a back-off of up to two minutes, as it does before Kubernetes 1.36. */
  readonly kubeletBackOff: boolean;
}

/**
 * Kubernetes 1.36 and Longhorn 1.12.
 *
 * @see ../../docs/recovery-times.md for where each number is from
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

/** What a user knows of the cluster; the rest is as the Kubernetes version has it. */
export interface ClusterKnowledge extends Partial<ClusterTimings> {
  /**
   * Minor version of Kubernetes, such as `1.31`.
   * @default "1.36"
   */
  readonly kubernetesVersion?: string;
}

/** The timings of a cluster, those that are known over those of its version. */
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
  throw new RangeError(`kubernetesVersion is "${version}": it has to be one such as 1.36`);
}
