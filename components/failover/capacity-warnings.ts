import { OnNodeFailure } from "./args";

/** What decides whether a node that is left has room for the gateway. */
export interface PodDemand {
  readonly priorityClassName?: string;
  readonly resources?: {
    readonly requests?: Readonly<Record<string, string>>;
    readonly limits?: Readonly<Record<string, string>>;
  };
}

/**
 * What is to be said of a gateway that moves by itself, to nodes that may be full. Its priority stays the user's choice, since it evicts
 * other teams' pods. One that asks for nothing finds room on every node.
 */
export function capacityWarnings(onNodeFailure: OnNodeFailure, { priorityClassName, resources }: PodDemand): string[] {
  if (onNodeFailure === OnNodeFailure.Wait || priorityClassName !== undefined) return [];
  const asked = [...new Set([resources?.requests, resources?.limits].flatMap((given) => Object.keys(given ?? {})))];
  if (asked.length === 0) return [];
  return [
    `the gateway asks for ${asked.join(" and ")} and has no pod.priorityClassName: where no node that is left has them free when a node dies, it is ` +
      "Pending, and the store is away until somebody makes room, of which predictedRecovery knows nothing. With a priority above that of other " +
      "pods, these are evicted for it, within their grace period, 30 s by default. Longhorn's chart makes the class " +
      '"longhorn-critical", from 1.6.0 on; name the class that your cluster gives by default where that is meant',
  ];
}
