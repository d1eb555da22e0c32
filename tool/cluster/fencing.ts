import { CustomObjectsApi, type KubeConfig } from "@kubernetes/client-node";
import type { FencingReference } from "../../components/fencing/remediator";
import { remediatorOfTemplate } from "../../components/fencing/objects";
import { unlessAbsent } from "./kubernetes";

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

/** Nanoseconds, the resolution of Go's durations, per unit. */
const unitNanoseconds: Readonly<Record<string, number>> = {
  h: 3600e9,
  m: 60e9,
  s: 1e9,
  ms: 1e6,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ns: 1,
};

const term = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g;
const duration = new RegExp(`^([-+]?)((?:${term.source})+|0)$`);

/**
 * Returns the seconds of a duration in the format of Go and Kubernetes, such as `300s`, `5m0s` or `1.5h`; undefined for any
 * other text.
 *
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function goDurationSeconds(text: string): number | undefined {
  const [, sign, terms = ""] = duration.exec(text) ?? [];
  if (sign === undefined) return undefined;
  const nanoseconds = [...terms.matchAll(term)].reduce(
    (sum, [, count, unit = ""]) => sum + Math.round(Number(count) * (unitNanoseconds[unit] ?? 0)),
    0,
  );
  return (sign === "-" ? -nanoseconds : nanoseconds) / 1e9;
}

/** Reads the remediator of failed nodes of a cluster; undefined if there is none. */
export async function readFencing(config: KubeConfig): Promise<FencingReference | undefined> {
  const kind = { group: "remediation.medik8s.io", version: "v1alpha1", plural: "nodehealthchecks" };
  const custom = config.makeApiClient(CustomObjectsApi);
  const found = (await unlessAbsent(custom.listClusterCustomObject(kind))) as { items: NodeHealthCheck[] } | undefined;
  return fencingOf(found?.items ?? []);
}
