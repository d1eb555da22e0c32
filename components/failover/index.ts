export { OnNodeFailure } from "./args";
export type { FailoverArgs } from "./args";
export { failoverPolicy } from "./policy";
export { failoverViolations, policyFor } from "./refusals";
export type { LonghornInUse } from "./refusals";
