import { componentOf, urnParts } from "../../../policy/data-bearing";
import type { Connection } from "../../cluster/connection";
import { connectionOf } from "../../pulumi/stack-places";
import type { ExportedDeployment } from "../../pulumi/stack-state";
import type { Plan } from "../guards/plan";
import type { Deletion } from "./volumes";

/** Planned deletions in a cluster. */
export interface PlannedDeletion extends Deletion {
  connection: Connection;
}

/**
 * Returns the claims that a plan would delete, and whether it would uninstall Longhorn, from the plan and the previous state;
 * undefined if neither applies.
 *
 * @param exported output of `pulumi stack export`, with secrets in plain text
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

/** Returns whether a plan deletes anything that requires a check of volumes. */
export function concernsVolumes(plan: Plan): boolean {
  return deletedIn(plan).length > 0;
}

/** Returns the URNs of Longhorn's release and of claims that would be deleted. A replacement deletes them too. */
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
