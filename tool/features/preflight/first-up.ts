import { readClusterFacts } from "./cluster-facts";
import { lookAt } from "../../diagnosis/on-cluster";
import { throwIfInterrupted } from "../../errors";
import type { GuardedCommand } from "../guards/words";
import { preflightFindings } from "./findings";
import { plannedInstallation, type PlannedResource } from "./planned";
import { preflightRefused, worthTelling } from "./refused";
import { preflightText } from "./text";

/** A cluster that does not answer by then is not looked at. */
const lookSeconds = 20;

/**
 * Looks at the cluster where a preview plans to install Longhorn, which is so before a first `up` only. What only looks wrong is told.
 *
 * @throws PreflightRefusedError if the `up` would fail
 */
export async function refuseFirstUp(
  command: GuardedCommand,
  planned: readonly PlannedResource[],
  tell: (text: string) => void,
  signal?: AbortSignal,
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
  const looked = await lookAt(connection, ({ config }) => readClusterFacts(config), lookSeconds, signal);
  throwIfInterrupted(signal);
  // The preview tells of a cluster that cannot be reached; who may not read it may be allowed to deploy.
  if (!looked.isKnown) return tell(`no preflight: ${looked.reason}`);
  const findings = preflightFindings(looked.seen, plan);
  if (findings.some(({ severity }) => severity === "error")) throw preflightRefused(command, findings);
  if (worthTelling(findings).length > 0) tell(preflightText(worthTelling(findings)));
}
