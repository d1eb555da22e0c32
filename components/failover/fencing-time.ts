import { FencingAgent, type FencingReference } from "../fencing/agent";
import { selfNodeRemediationSeconds } from "../fencing/self-node-remediation";
import { defaultRetryCount, fenceAgentSeconds } from "../fencing/tries";

/** When a fencing agent knows that a silent node is off. */
export interface Proof {
  /** With `Fence`: seconds after NotReady at which the agent has its proof, at least and at most; with a fence agent's first try. */
  readonly provenAfterSeconds: readonly [number, number];
  /** With a fence agent: its tries, and the seconds after NotReady by which the last has ended. */
  readonly tries?: { readonly count: number; readonly endAfterSeconds: number };
}

/** @param nodes nodes of the cluster, which SelfNodeRemediation asks */
export function proofOf(reference: FencingReference, nodes?: number): Proof {
  const { agent, unhealthySeconds } = reference;
  if (agent === FencingAgent.FenceAgentsRemediation) {
    const { firstTry, givenUp } = fenceAgentSeconds(reference);
    const [least, most] = firstTry;
    return {
      provenAfterSeconds: [unhealthySeconds + least, unhealthySeconds + most],
      tries: { count: reference.retryCount ?? defaultRetryCount, endAfterSeconds: unhealthySeconds + givenUp },
    };
  }
  const least = unhealthySeconds + selfNodeRemediationSeconds(nodes);
  return { provenAfterSeconds: [least, least + 30] };
}
