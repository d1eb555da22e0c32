import type { FencingReference } from "../../components/fencing/agent";
import { agentOfTemplate } from "../../components/fencing/objects";

/** What hands silent nodes to an agent, as medik8s has it. */
export interface NodeHealthCheck {
  spec?: {
    unhealthyConditions?: readonly { duration?: string }[];
    remediationTemplate?: { kind?: string };
  };
}

/** The fencing of the first check that hands nodes to an agent that is known here; tries are taken to be the template's defaults. */
export function fencingOf(checks: readonly NodeHealthCheck[]): FencingReference | undefined {
  for (const { spec } of checks) {
    const agent = agentOfTemplate(spec?.remediationTemplate?.kind);
    const unhealthySeconds = secondsOf(spec?.unhealthyConditions?.[0]?.duration ?? "");
    if (agent !== undefined && unhealthySeconds !== undefined) return { agent, unhealthySeconds };
  }
  return undefined;
}

const unitSeconds: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };

/** A duration as Go writes it, such as `300s` or `5m0s`. */
function secondsOf(duration: string): number | undefined {
  if (!/^(\d+[hms])+$/.test(duration)) return undefined;
  return [...duration.matchAll(/(\d+)([hms])/g)].reduce(
    (sum, [, count, unit = ""]) => sum + Number(count) * (unitSeconds[unit] ?? 0),
    0,
  );
}
