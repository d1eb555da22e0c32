import { componentOf, urnParts } from "../../policy/data-bearing";
import type { Connection } from "../cluster/connection";
import { connectionOf } from "../deploy/stack-places";
import type { ExportedDeployment } from "../deploy/stack-state";
import type { Plan } from "../guards/plan";
import type { Deletion } from "./volumes";

/** What a plan deletes in which cluster. */
export interface PlannedDeletion extends Deletion {
  connection: Connection;
}

/**
 * Reads from a plan and the state before it which claims would go, and whether Longhorn would; undefined where neither does.
 *
 * @param exported what `pulumi stack export` prints, with secrets in the clear
 */
export function plannedDeletion(plan: Plan, exported: unknown): PlannedDeletion | undefined {
  const { deployment = {} } = exported as { deployment?: ExportedDeployment };
  const { resources = [] } = deployment;
  const deleted = resources.filter(({ urn, external }) => {
    const planned = plan.resources[urn];
    return external !== true && planned?.fate !== undefined && !planned.isKept;
  });
  const release = deleted.find(({ urn }) => isLonghorn(urn));
  const claims = deleted.filter(({ type }) => type === "kubernetes:core/v1:PersistentVolumeClaim");
  const [first] = release === undefined ? claims : [release];
  if (first === undefined) return undefined;
  const provider = first.provider?.split("::").slice(0, -1).join("::");
  return {
    connection: connectionOf(resources.filter(({ urn }) => urn === provider)),
    claims: claims.flatMap(({ id }) => id ?? []),
    uninstallsLonghorn: release !== undefined,
  };
}

/** Longhorn's release is uninstalled when it is made anew, too. */
function isLonghorn(urn: string): boolean {
  return componentOf(urn) === "Longhorn" && urnParts(urn).type === "kubernetes:helm.sh/v3:Release";
}
