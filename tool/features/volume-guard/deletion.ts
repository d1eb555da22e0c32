import { componentOf, urnParts } from "../../../policy/data-bearing";
import type { Connection } from "../../cluster/connection";
import { connectionOf } from "../../pulumi/stack-places";
import type { ExportedDeployment } from "../../pulumi/stack-state";
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
  const urns = deletedIn(plan);
  const deleted = resources.filter(({ urn, external }) => external !== true && urns.includes(urn));
  const release = deleted.find(({ urn }) => isLonghorn(urn));
  const claims = deleted.filter(({ urn }) => isClaim(urn));
  const [first] = release === undefined ? claims : [release];
  if (first === undefined) return undefined;
  const provider = first.provider?.split("::").slice(0, -1).join("::");
  return {
    connection: connectionOf(resources.filter(({ urn }) => urn === provider)),
    claims: claims.flatMap(({ id }) => id ?? []),
    uninstallsLonghorn: release !== undefined,
  };
}

/** Whether a plan deletes anything on account of which volumes have to be looked at. */
export function concernsVolumes(plan: Plan): boolean {
  return deletedIn(plan).length > 0;
}

/** URNs of Longhorn's release and of claims that would not stay; what is made anew is deleted before or after, too. */
function deletedIn({ resources }: Plan): string[] {
  return Object.values(resources)
    .filter(({ urn, fate, isKept }) => fate !== undefined && !isKept && (isLonghorn(urn) || isClaim(urn)))
    .map(({ urn }) => urn);
}

function isClaim(urn: string): boolean {
  return urnParts(urn).type === "kubernetes:core/v1:PersistentVolumeClaim";
}

function isLonghorn(urn: string): boolean {
  return componentOf(urn) === "Longhorn" && urnParts(urn).type === "kubernetes:helm.sh/v3:Release";
}
