import { OnNodeFailure } from "./args";

/** Inputs of the pod that decide whether a remaining node has capacity for it. */
export interface PodDemand {
  readonly priorityClassName?: string;
  readonly resources?: {
    readonly requests?: Readonly<Record<string, string>>;
    readonly limits?: Readonly<Record<string, string>>;
  };
}

/**
 * Warns about a gateway that may stay Pending after a failover because the remaining nodes are full. The user chooses its
 * priority, because a higher priority evicts pods of other teams. A gateway without requests fits on any node.
 */
export function capacityWarnings(onNodeFailure: OnNodeFailure, { priorityClassName, resources }: PodDemand): string[] {
  if (onNodeFailure === OnNodeFailure.Wait || priorityClassName !== undefined) return [];
  const asked = [...new Set([resources?.requests, resources?.limits].flatMap((given) => Object.keys(given ?? {})))];
  if (asked.length === 0) return [];
  return [
    `the gateway requests ${asked.join(" and ")} and has no pod.priorityClassName: if no remaining node has enough capacity after a node ` +
      "failure, the pod is Pending and the store is unavailable until capacity is freed. predictedRecovery does not include that time. A pod " +
      "with a higher priority evicts other pods within their grace period, 30 s by default. Longhorn's chart creates the PriorityClass " +
      '"longhorn-critical" since 1.6.0; to keep the default priority, set the default PriorityClass of the cluster explicitly',
  ];
}
