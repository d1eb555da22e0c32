import { Remediator, type FencingReference } from "../fencing/remediator";
import { selfNodeRemediationSeconds } from "../fencing/self-node-remediation";
import { defaultRetryCount, fenceAgentSeconds } from "../fencing/retries";

/** Time that a remediator needs to confirm that a node is off. */
export interface FencingTime {
  /** With `Fence`: minimum and maximum seconds from NotReady to the fenced node, with the first attempt of a fence agent. */
  readonly fencedAfterSeconds: readonly [number, number];
  /** With a fence agent: its attempts, and the seconds from NotReady to the end of the last one. */
  readonly tries?: { readonly count: number; readonly endAfterSeconds: number };
}

/**
 * Returns the time that the remediator of `reference` needs.
 *
 * @param nodes number of nodes in the cluster, which SelfNodeRemediation queries
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
