/** Comparison of a node's label with values. */
export const NodeSelectorOperator = {
  In: "In",
  NotIn: "NotIn",
  Exists: "Exists",
  DoesNotExist: "DoesNotExist",
  /** The label is a number greater than the value. */
  Gt: "Gt",
  /** The label is a number less than the value. */
  Lt: "Lt",
} as const;

export type NodeSelectorOperator = (typeof NodeSelectorOperator)[keyof typeof NodeSelectorOperator];

/** Comparison of a pod's or a namespace's label with values. */
export const LabelSelectorOperator = {
  In: "In",
  NotIn: "NotIn",
  Exists: "Exists",
  DoesNotExist: "DoesNotExist",
} as const;

export type LabelSelectorOperator = (typeof LabelSelectorOperator)[keyof typeof LabelSelectorOperator];

/**
 * Affinity of the gateway's pod: the nodes that it must or should run on.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#affinity-and-anti-affinity
 */
export interface AffinityArgs {
  /** Affinity to nodes, by their labels. */
  nodeAffinity?: NodeAffinityArgs;
  /** Affinity to the nodes of other pods. */
  podAffinity?: PodAffinityArgs;
  /** Anti-affinity to the nodes of other pods, for example those of another store. */
  podAntiAffinity?: PodAffinityArgs;
}

/** Affinity to nodes, by their labels. */
export interface NodeAffinityArgs {
  /** Nodes that the pod may run on. At least two should match, or no other node can take over. */
  requiredDuringSchedulingIgnoredDuringExecution?: NodeSelectorArgs;
  /** Preferred nodes. The node with the greatest sum of weights is chosen first. */
  preferredDuringSchedulingIgnoredDuringExecution?: PreferredSchedulingTermArgs[];
}

/** Terms of which a node must match at least one. */
export interface NodeSelectorArgs {
  /** Terms of which a node must match at least one. */
  nodeSelectorTerms: NodeSelectorTermArgs[];
}

/** Requirements that a node must all match; at least one. */
export interface NodeSelectorTermArgs {
  /** Requirements of the node's labels. */
  matchExpressions?: NodeSelectorRequirementArgs[];
  /** Requirements of the node's fields, of which Kubernetes knows `metadata.name`. */
  matchFields?: NodeSelectorRequirementArgs[];
}

/** Preference for nodes. */
export interface PreferredSchedulingTermArgs {
  /**
   * Weight of a node that matches, 1 to 100.
   * @example 100
   */
  weight: number;
  /** Term that a node should match. */
  preference: NodeSelectorTermArgs;
}

/** Requirement of a node's label. */
export interface NodeSelectorRequirementArgs {
  /**
   * Key of the label.
   * @example "topology.kubernetes.io/zone"
   */
  key: string;
  /** Comparison of the label with `values`. */
  operator: NodeSelectorOperator;
  /**
   * Values: at least one with `In` and `NotIn`, one whole number with `Gt` and `Lt`, none with `Exists` and `DoesNotExist`.
   * @example ["zone-a"]
   */
  values?: string[];
}

/** Affinity or anti-affinity to the nodes of other pods. */
export interface PodAffinityArgs {
  /** Terms that must all match. */
  requiredDuringSchedulingIgnoredDuringExecution?: PodAffinityTermArgs[];
  /** Preferred terms. The node with the greatest sum of weights is chosen first. */
  preferredDuringSchedulingIgnoredDuringExecution?: WeightedPodAffinityTermArgs[];
}

/** Pods, and the nodes that count as one topology domain. */
export interface PodAffinityTermArgs {
  /**
   * Label of nodes, such as `kubernetes.io/hostname`. Nodes with the same value are one topology domain.
   * @example "kubernetes.io/hostname"
   */
  topologyKey: string;
  /** Selector of the pods. */
  labelSelector: LabelSelectorArgs;
  /**
   * Namespaces of the pods.
   * @default the gateway's
   * @example ["photos"]
   */
  namespaces?: string[];
  /** Selector of the pods' namespaces, in addition to `namespaces`. An empty selector matches every namespace. */
  namespaceSelector?: LabelSelectorArgs;
  /**
   * Keys of pod labels whose values must be those of the gateway's pod.
   * @example ["team"]
   */
  matchLabelKeys?: string[];
  /**
   * Keys of pod labels whose values must differ from those of the gateway's pod.
   * @example ["team"]
   */
  mismatchLabelKeys?: string[];
}

/** Selector of pods by their labels, which must all match. */
export interface LabelSelectorArgs {
  /**
   * Labels and their values.
   * @example { "app.kubernetes.io/name": "s3gw" }
   */
  matchLabels?: { [key: string]: string };
  /** Requirements of the labels. */
  matchExpressions?: LabelSelectorRequirementArgs[];
}

/** Requirement of a pod's label. */
export interface LabelSelectorRequirementArgs {
  /**
   * Key of the label.
   * @example "app.kubernetes.io/name"
   */
  key: string;
  /** Comparison of the label with `values`. */
  operator: LabelSelectorOperator;
  /**
   * Values: at least one with `In` and `NotIn`, none with `Exists` and `DoesNotExist`.
   * @example ["s3gw"]
   */
  values?: string[];
}

/** Preference for or against the nodes of other pods. */
export interface WeightedPodAffinityTermArgs {
  /**
   * Weight of a topology domain that matches, 1 to 100.
   * @example 100
   */
  weight: number;
  /** Pods, and the nodes that count as one topology domain. */
  podAffinityTerm: PodAffinityTermArgs;
}
