import { dataBearingKind, urnParts } from "../../../policy/data-bearing";
import { componentsAbove, type ChangedProperty, type Plan, type PlannedResource } from "./plan";

/** Operations whose previews are checked. */
export type GuardedOperation = "up" | "preview" | "refresh" | "destroy";

/** Part of a plan that loses data or removes its protection. */
export type GuardFinding = PlannedLoss | TakenProtection;

/** Resource with data that would be replaced or deleted. */
export interface PlannedLoss {
  kind: "replacement" | "deletion";
  urn: string;
  /** Pulumi name of the resource; naming it accepts the loss. */
  name: string;
  /** Kind and name, such as `PersistentVolumeClaim photos-gateway-data`. */
  subject: string;
  /** Description of the data. */
  holds: string;
  /** Properties that force the replacement; empty for a deletion, and if the engine names none. */
  because: readonly ChangedProperty[];
  /** Whether the engine refuses it too, because the resource is protected. */
  isProtected: boolean;
  /** Whether the object stays in the cluster and is only removed from Pulumi's state. */
  isKept: boolean;
  /** Names of its parent components, the nearest first. The last one is the store. */
  components: readonly string[];
}

/** Component that would be without protection. */
export interface TakenProtection {
  kind: "unprotected" | "uninstallable";
  /** URN of the component with the input. */
  urn: string;
  /** Pulumi name of the component; naming it accepts the change. */
  name: string;
  /** Kind and name, such as `ObjectStore photos`. */
  subject: string;
  /** Resources that would be without protection, such as `PersistentVolumeClaim photos-gateway-data`. */
  resources: readonly string[];
}

/** Returns all parts of a plan that production refuses, losses first. */
export function guardFindings(plan: Plan, operation: GuardedOperation): GuardFinding[] {
  const resources = Object.values(plan.resources);
  const losses = resources.flatMap((resource) => lossOf(resource, plan) ?? []);
  // What is deleted, and what is only looked at, need not be protected.
  const isUpdate = operation === "up" || operation === "preview";
  return isUpdate ? [...losses, ...unprotected(resources, plan), ...uninstallable(resources, plan)] : losses;
}

function lossOf(resource: PlannedResource, plan: Plan): PlannedLoss | undefined {
  const { urn, fate, because, isKept } = resource;
  const kind = dataBearingKind(urn);
  if (kind === undefined || fate === undefined) return undefined;
  const { losingProperties } = kind;
  const isHarmless =
    fate === "replace" &&
    because.length > 0 &&
    losingProperties !== undefined &&
    !because.some(({ path }) => losingProperties.includes(path));
  if (isHarmless) return undefined;
  const { wasProtected = false, isProtected } = resource;
  return {
    kind: fate === "replace" ? "replacement" : "deletion",
    ...{ urn, name: urnParts(urn).name, subject: subjectOf(urn), holds: kind.holds, because, isKept },
    // The engine lets a resource be unprotected and replaced in one update, but not deleted.
    isProtected: wasProtected && isProtected !== false,
    components: componentsAbove(urn, plan).map((component) => urnParts(component).name),
  };
}

function unprotected(resources: readonly PlannedResource[], plan: Plan): TakenProtection[] {
  const without = resources.filter(({ urn, isProtected }) => {
    return isProtected === false && dataBearingKind(urn)?.isProtected === true;
  });
  return byComponent("unprotected", without, plan);
}

function uninstallable(resources: readonly PlannedResource[], plan: Plan): TakenProtection[] {
  const allowing = resources.filter(({ urn, allowsUninstall, fate }) => {
    return allowsUninstall === true && fate !== "delete" && dataBearingKind(urn) !== undefined;
  });
  return byComponent("uninstallable", allowing, plan);
}

/** Groups by the outermost component, because a store passes the input on to its children. */
function byComponent(
  kind: TakenProtection["kind"],
  resources: readonly PlannedResource[],
  plan: Plan,
): TakenProtection[] {
  const owned = resources.map(({ urn }) => ({ urn, owner: componentsAbove(urn, plan).at(-1) ?? urn }));
  return [...new Set(owned.map(({ owner }) => owner))].map((owner) => ({
    ...{ kind, urn: owner, name: urnParts(owner).name, subject: subjectOf(owner) },
    resources: owned.filter((one) => one.owner === owner).map(({ urn }) => subjectOf(urn)),
  }));
}

/** Returns a subject such as `PersistentVolumeClaim photos-gateway-data`. */
function subjectOf(urn: string): string {
  const { type, name } = urnParts(urn);
  return `${type.split(":").at(-1) ?? type} ${name}`;
}
