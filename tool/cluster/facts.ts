/** What the cluster says of a stack's namespaces, as far as it explains a fault; plain data. */
export interface ClusterFacts {
  namespaces: readonly NamespaceFacts[];
  /** Pods that are not ready. */
  pods: readonly PodFacts[];
  /** Workloads that have fewer pods than they want. */
  workloads: readonly WorkloadFacts[];
  /** Claims without a volume. */
  claims: readonly ClaimFacts[];
  releases: readonly HelmRecord[];
}

export interface NamespaceFacts {
  name: string;
  terminating: boolean;
  /** What Kubernetes says about what is left in it. */
  remaining: readonly string[];
}

export interface PodFacts {
  namespace: string;
  name: string;
  /** Why the scheduler has found no node. */
  unscheduled?: string;
  /** Containers that wait, and why. */
  waiting: readonly { image: string; reason: string; message: string }[];
}

export interface WorkloadFacts {
  kind: string;
  namespace: string;
  name: string;
  /** Why its next pod could not be made. */
  refused: string;
}

export interface ClaimFacts {
  namespace: string;
  name: string;
  /** Name of its StorageClass; empty where it names none. */
  storageClass: string;
  /** The class; undefined where there is none of that name. */
  found?: { provisioner: string; waitsForConsumer: boolean };
  /** Its newest event. */
  event?: { reason: string; message: string };
}

/** Helm's record of one revision of a release, which is a Secret. */
export interface HelmRecord {
  namespace: string;
  /** Name of the release. */
  release: string;
  /** Name of the Secret. */
  secret: string;
  revision: number;
  /** Such as `deployed`, `superseded`, `pending-install`. */
  status: string;
}
