import { kubeConfigOf, type Connection } from "../../cluster/connection";
import { preflightText } from "./text";
import { within } from "../../waiting";
import { readClusterFacts, type ClusterFacts } from "./cluster-facts";
import { preflightFindings } from "./findings";
import { plannedInstallation, type PlannedResource } from "./planned";
import { PreflightRefused, worthTelling } from "./refused";

/** A cluster that does not answer by then is not looked at. */
const lookSeconds = 20;

/**
 * Looks at the cluster where a preview plans to install Longhorn, which is so before a first `up` only. What only looks wrong is told.
 *
 * @throws PreflightRefused where the `up` would fail
 */
export async function refuseFirstUp(
  stack: string,
  planned: readonly PlannedResource[],
  tell: (text: string) => void,
): Promise<void> {
  const installation = plannedInstallation(planned);
  if (installation === undefined) return;
  const { plan, connection } = installation;
  if (connection === undefined) {
    tell(
      "no preflight, since a preview does not show a kubeconfig that is secret or not known yet: longhorn-s3 preflight --kubeconfig FILE",
    );
    return;
  }
  const facts = await within(lookSeconds, readFacts(connection)).catch((error: unknown) => {
    // A cluster that cannot be reached is for the preview to tell; whoever may not read it may be allowed to deploy.
    tell(`no preflight: ${error instanceof Error ? error.message : String(error)}`);
  });
  if (!facts) return;
  const findings = preflightFindings(facts, plan);
  if (findings.some(({ severity }) => severity === "error")) throw new PreflightRefused(stack, findings);
  if (worthTelling(findings).length > 0) tell(preflightText(worthTelling(findings)));
}

/** What is wrong with a kubeconfig comes as a failure, too. */
async function readFacts(connection: Connection): Promise<ClusterFacts> {
  return readClusterFacts(kubeConfigOf(connection));
}
