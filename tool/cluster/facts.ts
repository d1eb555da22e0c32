/** Objects in a stack's namespaces that explain a fault, as plain data. */
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
  /** Waiting containers, with the reason. */
  waiting: readonly { image: string; reason: string; message: string }[];
}

export interface WorkloadFacts {
  kind: string;
  namespace: string;
  name: string;
  /** Reason why its next pod could not be created. */
  refused: string;
}

export interface ClaimFacts {
  namespace: string;
  name: string;
  /** Name of its StorageClass; empty if it names none. */
  storageClass: string;
  /** StorageClass; undefined if it does not exist. */
  found?: { provisioner: string; waitsForConsumer: boolean };
  /** Newest event about it. */
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
  /** Status, such as `deployed`, `superseded`, `pending-install`. */
  status: string;
}
