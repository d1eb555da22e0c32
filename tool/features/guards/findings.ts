import { dataBearingKind, urnParts } from "../../../policy/data-bearing";
import { componentsAbove, type ChangedProperty, type Plan, type PlannedResource } from "./plan";

/** The operations whose previews are looked at. */
export type GuardedOperation = "up" | "preview" | "refresh" | "destroy";

/** Something in a plan that loses data, or takes the protection away that keeps it. */
export type GuardFinding = PlannedLoss | TakenProtection;

/** A resource with data in it that would be replaced or deleted. */
export interface PlannedLoss {
  kind: "replacement" | "deletion";
  urn: string;
  /** Pulumi's name of the resource; what acknowledges the loss. */
  name: string;
  /** Such as `PersistentVolumeClaim photos-gateway-data`. */
  subject: string;
  /** What is in it. */
  holds: string;
  /** Why it would be replaced; empty for a deletion, and where the engine names no property. */
  because: readonly ChangedProperty[];
  /** Whether the engine refuses it besides, since the resource is protected. */
  isProtected: boolean;
  /** Whether the object stays in the cluster, and only Pulumi forgets it. */
  isKept: boolean;
  /** Names of the components that it belongs to, the nearest first: the store's is the last. */
  components: readonly string[];
}

/** A component that would be without protection. */
export interface TakenProtection {
  kind: "unprotected" | "uninstallable";
  /** URN of the component that has the input. */
  urn: string;
  /** Pulumi's name of it; what acknowledges this. */
  name: string;
  /** Such as `ObjectStore photos`. */
  subject: string;
  /** What would be without protection, such as `PersistentVolumeClaim photos-gateway-data`. */
  resources: readonly string[];
}

/** Everything in a plan that production refuses; losses first. */
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

/** The input that takes the protection away is that of the outermost component: a store hands it down. */
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

/** `PersistentVolumeClaim photos-gateway-data`. */
function subjectOf(urn: string): string {
  const { type, name } = urnParts(urn);
  return `${type.split(":").at(-1) ?? type} ${name}`;
}
