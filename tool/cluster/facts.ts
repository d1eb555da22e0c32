/** Facts about a stack's namespaces that explain faults; plain data. */
export interface ClusterFacts {
  namespaces: readonly NamespaceFacts[];
  /** Pods that are not ready. */
  pods: readonly PodFacts[];
  /** Workloads with fewer pods than desired. */
  workloads: readonly WorkloadFacts[];
  /** Claims without a volume. */
  claims: readonly ClaimFacts[];
  releases: readonly HelmRecord[];
}

export interface NamespaceFacts {
  name: string;
  terminating: boolean;
  /** Messages of Kubernetes about the remaining content. */
  remaining: readonly string[];
}

export interface PodFacts {
  namespace: string;
  name: string;
  /** Reason why the scheduler found no node. */
  unscheduled?: string;
  /** Waiting containers, with their reasons. */
  waiting: readonly { image: string; reason: string; message: string }[];
}

export interface WorkloadFacts {
  kind: string;
  namespace: string;
  name: string;
  /** Reason why the next pod could not be created. */
  refused: string;
}

export interface ClaimFacts {
  namespace: string;
  name: string;
  /** Name of the StorageClass; empty if the claim has none. */
  storageClass: string;
  /** The StorageClass; undefined if it does not exist. */
  found?: { provisioner: string; waitsForConsumer: boolean };
  /** Newest event of the claim. */
  event?: { reason: string; message: string };
}

/** Helm's record of one revision of a release, stored in a Secret. */
export interface HelmRecord {
  namespace: string;
  /** Name of the release. */
  release: string;
  /** Name of the Secret. */
  secret: string;
  revision: number;
  /** Status such as `deployed`, `superseded` or `pending-install`. */
  status: string;
}
