export { FencingAgent, fenceAgentSeconds, fencingReferenceViolations, selfNodeRemediationSeconds } from "./agent";
export type { FencingReference } from "./agent";
export { nodeFencingViolations } from "./args";
export type { FenceAgentArgs, NodeFencingArgs } from "./args";
export { NodeFencing } from "./node-fencing";
export { fencingCrds } from "./objects";
