/**
 * Operator of medik8s that powers off an unreachable node or confirms that it is powered off. It must be installed in the
 * cluster.
 */
export const Remediator = {
  /**
   * A node that loses the cluster restarts itself by its watchdog. The other nodes wait until it must have done so. Requires no
   * power switch.
   */
  SelfNodeRemediation: "SelfNodeRemediation",
  /** A fence agent powers the node off or restarts it over IPMI, Redfish or a cloud API, and confirms the result. */
  FenceAgentsRemediation: "FenceAgentsRemediation",
} as const;

export type Remediator = (typeof Remediator)[keyof typeof Remediator];

/**
 * Reference to an existing fencing. Take it from the property `reference` of a `NodeFencing` in the same program, or describe
 * it.
 */
export interface FencingReference {
  /** Operator that powers nodes off or confirms that they are. */
  remediator: Remediator;
  /**
   * Seconds for which a node must be NotReady before it is fenced: `unhealthyConditions[].duration` of its `NodeHealthCheck`.
   * @example 60
   */
  unhealthySeconds: number;
  /**
   * With `FenceAgentsRemediation`: timeout of one attempt of the fence agent, in seconds; `timeout` of the template.
   * @default 60
   */
  timeoutSeconds?: number;
  /**
   * With `FenceAgentsRemediation`: maximum number of attempts of the fence agent; `retrycount` of the template.
   * @default 5
   */
  retryCount?: number;
}

/**
 * Taints that remediators set when they start, long before the node is powered off. Up to FenceAgentsRemediation 0.6 and
 * SelfNodeRemediation 0.11 these taints evict pods. An evicted pod would be terminating on an unreachable node, and Longhorn's
 * pod deletion policy would delete it without any evidence. Later releases only prevent new pods.
 *
 * @see https://github.com/medik8s/fence-agents-remediation/commit/720131ea
 * @see https://github.com/medik8s/self-node-remediation/commit/cb31a13f
 */
export const taintsBeforeProof = ["medik8s.io/fence-agents-remediation", "medik8s.io/remediation"] as const;
