/** How a label is compared. */
export const SelectorOperator = {
  In: "In",
  NotIn: "NotIn",
  Exists: "Exists",
  DoesNotExist: "DoesNotExist",
  /** The label is a number above the one value; for nodes only. */
  Gt: "Gt",
  /** The label is a number below the one value; for nodes only. */
  Lt: "Lt",
} as const;

export type SelectorOperator = (typeof SelectorOperator)[keyof typeof SelectorOperator];

/**
 * Which nodes the gateway may or should run on, in Kubernetes' own words.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#affinity-and-anti-affinity
 */
export interface AffinityArgs {
  /** By the labels of the nodes. */
  nodeAffinity?: NodeAffinityArgs;
  /** Near pods that are there. */
  podAffinity?: PodAffinityArgs;
  /** Away from pods that are there, for example from those of another store. */
  podAntiAffinity?: PodAffinityArgs;
}

/** Which nodes, by their labels. */
export interface NodeAffinityArgs {
  /** A node has to meet one of the terms. Two nodes at least should, or nothing can take over. */
  requiredDuringSchedulingIgnoredDuringExecution?: NodeSelectorArgs;
  /** The nodes with the largest sum of weights are taken first. */
  preferredDuringSchedulingIgnoredDuringExecution?: PreferredNodeArgs[];
}

/** Terms of which one has to be met. */
export interface NodeSelectorArgs {
  /** Terms of which a node has to meet one. */
  nodeSelectorTerms: NodeSelectorTermArgs[];
}

/** Requirements that all have to be met. */
export interface NodeSelectorTermArgs {
  /** Requirements of the node's labels. */
  matchExpressions: LabelRequirementArgs[];
}

/** A preference for nodes. */
export interface PreferredNodeArgs {
  /**
   * Points for a node that meets it, 1 to 100.
   * @example 100
   */
  weight: number;
  /** What a node should meet. */
  preference: NodeSelectorTermArgs;
}

/** A requirement of a label. */
export interface LabelRequirementArgs {
  /**
   * The label's key.
   * @example "topology.kubernetes.io/zone"
   */
  key: string;
  /** How the label is compared. */
  operator: SelectorOperator;
  /**
   * With `In` and `NotIn` at least one, with `Gt` and `Lt` one whole number, else none.
   * @example ["zone-a"]
   */
  values?: string[];
}

/** Near which pods, or away from which. */
export interface PodAffinityArgs {
  /** All have to be met. */
  requiredDuringSchedulingIgnoredDuringExecution?: PodAffinityTermArgs[];
  /** The nodes with the largest sum of weights are taken first. */
  preferredDuringSchedulingIgnoredDuringExecution?: PreferredPodsArgs[];
}

/** Pods, and what counts as one place. */
export interface PodAffinityTermArgs {
  /**
   * Label of nodes: those with the same value are one place, as in `kubernetes.io/hostname`.
   * @example "kubernetes.io/hostname"
   */
  topologyKey: string;
  /** Which pods. */
  labelSelector: LabelSelectorArgs;
  /**
   * Namespaces of the pods.
   * @default the gateway's own
   * @example ["photos"]
   */
  namespaces?: string[];
}

/** Pods by their labels; all of it has to be met. */
export interface LabelSelectorArgs {
  /**
   * Labels with their values.
   * @example { "app.kubernetes.io/name": "s3gw" }
   */
  matchLabels?: { [key: string]: string };
  /** Requirements of the labels. */
  matchExpressions?: LabelRequirementArgs[];
}

/** A preference for or against pods. */
export interface PreferredPodsArgs {
  /**
   * Points for a place that meets it, 1 to 100.
   * @example 100
   */
  weight: number;
  /** Which pods, and what counts as one place. */
  podAffinityTerm: PodAffinityTermArgs;
}
