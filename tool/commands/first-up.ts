import { kubeConfigOf, type Connection } from "../cluster/connection";
import { readClusterFacts, type ClusterFacts } from "../preflight/cluster-facts";
import { preflightFindings } from "../preflight/findings";
import { plannedInstallation, type PlannedResource } from "../preflight/planned";
import { PreflightRefused, worthTelling } from "../preflight/refused";
import { preflightText } from "../render/preflight-text";
import { within } from "../within";
import type { CommandContext } from "./context";
import type { StackFlags } from "./stack-options";

/** A cluster that does not answer by then is not looked at. */
const lookSeconds = 20;

/**
 * Looks at the cluster where a preview plans to install Longhorn, which is so before a first `up` only. What only looks wrong is told.
 *
 * @throws PreflightRefused where the `up` would fail
 */
export async function preflight(
  { stack, json }: StackFlags,
  planned: readonly PlannedResource[],
  context: CommandContext,
): Promise<void> {
  const installation = plannedInstallation(planned);
  if (installation === undefined) return;
  const progress = context.progress(json);
  const { plan, connection } = installation;
  if (connection === undefined) {
    progress.note(
      "no preflight, since a preview does not show a kubeconfig that is secret or not known yet: longhorn-s3 preflight --kubeconfig FILE",
    );
    return;
  }
  const facts = await within(lookSeconds, readFacts(connection)).catch((error: unknown) => {
    // A cluster that cannot be reached is for the preview to tell; whoever may not read it may be allowed to deploy.
    progress.note(`no preflight: ${error instanceof Error ? error.message : String(error)}`);
  });
  if (!facts) return;
  const findings = preflightFindings(facts, plan);
  if (findings.some(({ severity }) => severity === "error")) throw new PreflightRefused(stack, findings);
  if (worthTelling(findings).length > 0) progress.note(preflightText(worthTelling(findings)));
}

/** What is wrong with a kubeconfig comes as a failure, too. */
async function readFacts(connection: Connection): Promise<ClusterFacts> {
  return readClusterFacts(kubeConfigOf(connection));
}
