export { FencingAgent, fencingReferenceViolations, taintsBeforeProof } from "./agent";
export type { FencingReference } from "./agent";
export { nodeFencingViolations, referenceTo } from "./args";
export type { NodeFencingArgs } from "./args";
export type { FenceAgentArgs } from "./fence-agent";
export { NodeFencing } from "./node-fencing";
export { fencingCrds } from "./objects";
export { selfNodeRemediationSeconds } from "./self-node-remediation";
export { defaultRetryCount, fenceAgentSeconds } from "./tries";
