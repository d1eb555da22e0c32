/** Operator of medik8s that proves that an unreachable node is off. It must be installed in the cluster. */
export const Remediator = {
  /**
   * The node restarts itself when it has lost the cluster, by a watchdog; the others wait until it must have done so. Needs no
   * power switch.
   */
  SelfNodeRemediation: "SelfNodeRemediation",
  /** A fence agent switches the node off or restarts it, over IPMI, Redfish or a cloud's API, and says that it did. */
  FenceAgentsRemediation: "FenceAgentsRemediation",
} as const;

export type Remediator = (typeof Remediator)[keyof typeof Remediator];

/** An existing fencing, or the property `reference` of a `NodeFencing` in the same program. */
export interface FencingReference {
  /** Operator that proves that a node is off. */
  remediator: Remediator;
  /** Seconds for which a node must be NotReady before it is fenced: `unhealthyConditions[].duration` of its `NodeHealthCheck`. */
  unhealthySeconds: number;
  /**
   * With `FenceAgentsRemediation`: seconds for one try of the fence agent, `timeout` of the template.
   * @default 60
   */
  timeoutSeconds?: number;
  /**
   * With `FenceAgentsRemediation`: how often the fence agent is tried, `retrycount` of the template.
   * @default 5
   */
  retryCount?: number;
}

/**
 * The taints that remediators set when they begin, long before their proof, as releases had them that evict by them: up to 0.6 of
 * FenceAgentsRemediation and 0.11 of SelfNodeRemediation. A pod that was evicted then would be a terminating one on an unreachable node,
 * which Longhorn's pod deletion policy removes without any proof. Later releases only keep new pods away.
 *
 * @see https://github.com/medik8s/fence-agents-remediation/commit/720131ea
 * @see https://github.com/medik8s/self-node-remediation/commit/cb31a13f
 */
export const taintsBeforeProof = ["medik8s.io/fence-agents-remediation", "medik8s.io/remediation"] as const;
