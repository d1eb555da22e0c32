import { OnNodeFailure, type PredictionArgs } from "../../../index";
import { ExitCode, ToolError } from "../../errors";
import { refuseInputs } from "../../refused-inputs";
import { namedPolicy, type NamedPolicy } from "./compared-policies";
import type { StoreOfStack } from "./stack-stores";
import { failoverViolations, policyFor, predictionViolations, type FailoverArgs } from "../../../components/failover";

/**
 * Returns the policy of each store, or of one of them.
 *
 * @param assumed overrides the stack's assumptions about its cluster
 * @throws ToolError if there is no store of that name, or if the components would refuse a decision
 */
export function policiesOf(
  stores: readonly StoreOfStack[],
  { stack, store, assumed }: { stack: string; store?: string; assumed: PredictionArgs },
): NamedPolicy[] {
  const wanted = stores.filter(({ name }) => store === undefined || name === store);
  if (wanted.length === 0) {
    const names = stores.map(({ name }) => name).join(", ");
    throw new ToolError(`stack ${stack} has no store "${store ?? ""}"; its stores: ${names}`, ExitCode.Refused);
  }
  const unproven = wanted.filter(({ failover }) => failover.onNodeFailure === OnNodeFailure.Fence && !failover.fencing);
  if (unproven.length > 0) {
    throw new ToolError(
      `the remediator of ${unproven.map(({ name }) => name).join(", ")} is neither in the state of stack ${stack} nor in its ` +
        "configuration. Predict with options: longhorn-s3 predict --on-node-failure Fence --remediator NAME --unhealthy-seconds SECONDS",
      ExitCode.Refused,
    );
  }
  return wanted.map((one) => policyOfStore(one, assumed));
}

function policyOfStore(
  { name, failover, prediction: known, accessMode, podDeletionPolicy }: StoreOfStack,
  assumed: PredictionArgs,
): NamedPolicy {
  const prediction = { ...known, ...given(assumed) };
  checkedDecision(failover, prediction);
  const { inputs, ...rest } = namedPolicy(
    `${name}, ${failover.onNodeFailure}`,
    failover,
    prediction,
    podDeletionPolicy,
  );
  return { ...rest, inputs: { ...inputs, accessMode } };
}

const given = <T extends object>(values: T): Partial<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;

/**
 * Refuses a decision that the components would refuse even with the required pod deletion policy.
 *
 * @throws ToolError with all violations
 */
export function checkedDecision(failover: FailoverArgs, prediction: PredictionArgs): FailoverArgs {
  refuseInputs([
    ...failoverViolations(failover, { field: "longhorn", podDeletionPolicy: policyFor(failover) }),
    ...predictionViolations(prediction),
  ]);
  return failover;
}
