import type { FencingReference } from "../../components/fencing/remediator";
import { remediatorOfTemplate } from "../../components/fencing/objects";
import { goDurationSeconds } from "./go-duration";

/** `NodeHealthCheck` of medik8s, limited to the fields in use. */
export interface NodeHealthCheck {
  spec?: {
    unhealthyConditions?: readonly { duration?: string }[];
    remediationTemplate?: { kind?: string };
  };
}

/** Template of a remediator, limited to the fields in use. */
export interface RemediationTemplate {
  kind?: string;
  spec?: { template?: { spec?: { timeout?: string; retrycount?: number } } };
}

/**
 * Returns the fencing of the first check with a known remediator.
 *
 * @param templates templates that the check may name; without one of its kind, the remediator's defaults apply
 */
export function fencingOf(
  checks: readonly NodeHealthCheck[],
  templates: readonly RemediationTemplate[] = [],
): FencingReference | undefined {
  for (const { spec } of checks) {
    const kind = spec?.remediationTemplate?.kind;
    const remediator = remediatorOfTemplate(kind);
    const unhealthySeconds = wholeSeconds(spec?.unhealthyConditions?.[0]?.duration);
    if (remediator === undefined || unhealthySeconds === undefined) continue;
    return { remediator, unhealthySeconds, ...triesOf(templates.find((template) => template.kind === kind)) };
  }
  return undefined;
}

function triesOf({ spec }: RemediationTemplate = {}): Pick<FencingReference, "timeoutSeconds" | "retryCount"> {
  const { timeout, retrycount: retryCount } = spec?.template?.spec ?? {};
  const timeoutSeconds = wholeSeconds(timeout);
  return { ...(timeoutSeconds !== undefined && { timeoutSeconds }), ...(retryCount !== undefined && { retryCount }) };
}

function wholeSeconds(duration = ""): number | undefined {
  const seconds = goDurationSeconds(duration);
  return seconds === undefined ? undefined : Math.ceil(seconds);
}
