/** Operator that compares a label of a node with values. */
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

/** Operator that compares a label of a pod or a namespace with values. */
export const LabelSelectorOperator = {
  In: "In",
  NotIn: "NotIn",
  Exists: "Exists",
  DoesNotExist: "DoesNotExist",
} as const;

export type LabelSelectorOperator = (typeof LabelSelectorOperator)[keyof typeof LabelSelectorOperator];

/**
 * Scheduling constraints of the gateway's pod.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#affinity-and-anti-affinity
 */
export interface AffinityArgs {
  /** Node affinity, by labels of the nodes. */
  nodeAffinity?: NodeAffinityArgs;
  /** Pod affinity: prefers or requires the same topology domain as other pods. */
  podAffinity?: PodAffinityArgs;
  /** Pod anti-affinity: avoids the topology domain of other pods, for example those of another store. */
  podAntiAffinity?: PodAffinityArgs;
}

/** Node affinity, by labels of the nodes. */
export interface NodeAffinityArgs {
  /** Nodes that the pod can run on. At least two must match, or no other node can take over. */
  requiredDuringSchedulingIgnoredDuringExecution?: NodeSelectorArgs;
  /** Preferred nodes. The node with the greatest sum of weights is preferred. */
  preferredDuringSchedulingIgnoredDuringExecution?: PreferredSchedulingTermArgs[];
}

/** Terms of a node selector, which are ORed. */
export interface NodeSelectorArgs {
  /** Terms of which a node must match at least one. */
  nodeSelectorTerms: NodeSelectorTermArgs[];
}

/** Term of a node selector; at least one requirement. The requirements are ANDed. */
export interface NodeSelectorTermArgs {
  /** Requirements for labels of the node. */
  matchExpressions?: NodeSelectorRequirementArgs[];
  /** Requirements for fields of the node. The only supported field is `metadata.name`. */
  matchFields?: NodeSelectorRequirementArgs[];
}

/** Preferred nodes, with a weight. */
export interface PreferredSchedulingTermArgs {
  /**
   * Weight of a matching node, from 1 to 100.
   * @example 100
   */
  weight: number;
  /** Term of the preferred nodes. */
  preference: NodeSelectorTermArgs;
}

/** Requirement for a label or a field of a node. */
export interface NodeSelectorRequirementArgs {
  /**
   * Key of the label.
   * @example "topology.kubernetes.io/zone"
   */
  key: string;
  /** Operator that compares the label with `values`. */
  operator: NodeSelectorOperator;
  /**
   * Values of the label. `In` and `NotIn` require at least one, `Gt` and `Lt` a single integer. `Exists` and `DoesNotExist`
   * require none.
   * @example ["zone-a"]
   */
  values?: string[];
}

/** Affinity or anti-affinity to other pods. */
export interface PodAffinityArgs {
  /** Required terms, which are ANDed. */
  requiredDuringSchedulingIgnoredDuringExecution?: PodAffinityTermArgs[];
  /** Preferred terms. The node with the greatest sum of weights is preferred. */
  preferredDuringSchedulingIgnoredDuringExecution?: WeightedPodAffinityTermArgs[];
}

/** Set of pods, and the topology domain relative to them. */
export interface PodAffinityTermArgs {
  /**
   * Label of nodes, such as `kubernetes.io/hostname`. Nodes with equal values are in the same topology domain.
   * @example "kubernetes.io/hostname"
   */
  topologyKey: string;
  /** Label selector of the pods. */
  labelSelector: LabelSelectorArgs;
  /**
   * Namespaces of the pods.
   * @default the namespace of the gateway
   * @example ["photos"]
   */
  namespaces?: string[];
  /** Label selector of further namespaces, in addition to `namespaces`. An empty selector matches all namespaces. */
  namespaceSelector?: LabelSelectorArgs;
  /**
   * Keys of pod labels whose values must equal those of the gateway's pod.
   * @example ["team"]
   */
  matchLabelKeys?: string[];
  /**
   * Keys of pod labels whose values must differ from those of the gateway's pod.
   * @example ["team"]
   */
  mismatchLabelKeys?: string[];
}

/** Label selector. The requirements are ANDed. */
export interface LabelSelectorArgs {
  /**
   * Required labels and their values.
   * @example { "app.kubernetes.io/name": "s3gw" }
   */
  matchLabels?: { [key: string]: string };
  /** Requirements for labels. */
  matchExpressions?: LabelSelectorRequirementArgs[];
}

/** Requirement for a label. */
export interface LabelSelectorRequirementArgs {
  /**
   * Key of the label.
   * @example "app.kubernetes.io/name"
   */
  key: string;
  /** Operator that compares the label with `values`. */
  operator: LabelSelectorOperator;
  /**
   * Values of the label. `In` and `NotIn` require at least one. `Exists` and `DoesNotExist` require none.
   * @example ["s3gw"]
   */
  values?: string[];
}

/** Preferred pod affinity term, with a weight. */
export interface WeightedPodAffinityTermArgs {
  /**
   * Weight of a matching topology domain, from 1 to 100.
   * @example 100
   */
  weight: number;
  /** Set of pods, and the topology domain relative to them. */
  podAffinityTerm: PodAffinityTermArgs;
}
