import { Remediator, type FencingReference } from "../fencing/remediator";
import { selfNodeRemediationSeconds } from "../fencing/self-node-remediation";
import { defaultRetryCount, fenceAgentSeconds } from "../fencing/retries";

/** Time that a remediator needs to confirm that a node is off. */
export interface FencingTime {
  /** With `Fence`: seconds after NotReady at which the node is fenced, at least and at most; by the first try of a fence agent. */
  readonly fencedAfterSeconds: readonly [number, number];
  /** With a fence agent: its tries, and the seconds after NotReady by which the last has ended. */
  readonly tries?: { readonly count: number; readonly endAfterSeconds: number };
}

/**
 * Returns the time that the remediator of `reference` needs.
 *
 * @param nodes nodes of the cluster, which SelfNodeRemediation asks
 */
export function fencingTime(reference: FencingReference, nodes?: number): FencingTime {
  const { remediator, unhealthySeconds } = reference;
  if (remediator === Remediator.FenceAgentsRemediation) {
    const { firstTry, exhaustedAfter } = fenceAgentSeconds(reference);
    const [least, most] = firstTry;
    return {
      fencedAfterSeconds: [unhealthySeconds + least, unhealthySeconds + most],
      tries: { count: reference.retryCount ?? defaultRetryCount, endAfterSeconds: unhealthySeconds + exhaustedAfter },
    };
  }
  const least = unhealthySeconds + selfNodeRemediationSeconds(nodes);
  return { fencedAfterSeconds: [least, least + 30] };
}
