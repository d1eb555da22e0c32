import { check, checkAbsent, checkOptional, integer, oneOf, type Rule } from "../validation/rules";
import { within, type Violation } from "../validation/violations";
import { Remediator, type FencingReference } from "./remediator";
import { defaultRetryCount, defaultTimeoutSeconds } from "./retries";

export const timeoutRule: Rule = integer(1, 600, "seconds", defaultTimeoutSeconds);
export const retryRule: Rule = integer(1, 100, "tries", defaultRetryCount);

/** With a lower value, a restart of the kubelet would fence the node. */
const shortestUnhealthySeconds = 10;

export const unhealthyRule: Rule = integer(shortestUnhealthySeconds, 3600, "seconds", 60);

/** Returns the violations of a reference to a fencing. */
export function fencingReferenceViolations(field: string, reference: Partial<FencingReference>): Violation[] {
  const { remediator, unhealthySeconds, timeoutSeconds, retryCount } = reference;
  const noTries = 'unset with "SelfNodeRemediation", which runs no fence agent';
  return within(field, [
    ...check("remediator", remediator, oneOf(Remediator, Remediator.SelfNodeRemediation)),
    ...check("unhealthySeconds", unhealthySeconds, unhealthyRule),
    ...(remediator === Remediator.SelfNodeRemediation
      ? [...checkAbsent("timeoutSeconds", timeoutSeconds, noTries), ...checkAbsent("retryCount", retryCount, noTries)]
      : [
          ...checkOptional("timeoutSeconds", timeoutSeconds, timeoutRule),
          ...checkOptional("retryCount", retryCount, retryRule),
        ]),
  ]);
}
