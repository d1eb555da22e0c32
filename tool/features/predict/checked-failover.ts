import { failoverViolations, policyFor, type FailoverArgs } from "../../../components/failover";
import { refuseInputs } from "../../refused-inputs";

/**
 * Refuses what the components would refuse, on a Longhorn that does what the decision needs.
 *
 * @throws ToolError with all that is wrong
 */
export function checkedFailover(failover: FailoverArgs): FailoverArgs {
  refuseInputs(failoverViolations(failover, { field: "longhorn", podDeletionPolicy: policyFor(failover) }));
  return failover;
}
