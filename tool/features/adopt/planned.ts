import type { EngineEvent } from "@pulumi/pulumi/automation";
import { urnParts } from "../../../policy/data-bearing";

/** Resource of a preview that the stack does not have yet. */
export interface PlannedResource {
  urn: string;
  type: string;
  /** URN of its parent. */
  parent: string;
  /** URN of its provider; empty for a component. */
  provider: string;
  /** Inputs, with secrets as `[secret]`. */
  inputs: Readonly<Record<string, unknown>>;
  isComponent: boolean;
}

/** Longhorn that a stack plans to create, with the information for an adoption of the existing one. */
export interface PlannedLonghorn {
  release: PlannedResource;
  /** All other resources that are created with it. */
  others: readonly PlannedResource[];
  /** Components above the release, the outermost first. */
  components: readonly PlannedResource[];
  /** Undefined if it is Pulumi's default provider, or one that the stack already has. */
  provider?: PlannedResource;
}

/** Returns the resource that an event of a preview plans to create; undefined for other events. */
export function plannedIn({ resourcePreEvent }: EngineEvent): PlannedResource | undefined {
  if (resourcePreEvent === undefined) return undefined;
  const { op, urn, type, provider, new: after } = resourcePreEvent.metadata;
  if ((op !== "create" && op !== "import") || after === undefined) return undefined;
  return {
    urn,
    type,
    parent: after.parent,
    provider: provider.split("::").slice(0, 4).join("::"),
    inputs: (after.inputs ?? {}) as Readonly<Record<string, unknown>>,
    isComponent: after.custom !== true,
  };
}

/** Returns the Longhorn among the planned resources; undefined if there is none. */
export function plannedLonghorn(resources: readonly PlannedResource[]): PlannedLonghorn | undefined {
  const release = resources.find(({ type, urn }) => type === releaseType && typesIn(urn).includes(longhornType));
  if (release === undefined) return undefined;
  const provider = resources.find(({ urn }) => urn === release.provider);
  return {
    release,
    others: resources.filter(
      ({ urn, parent, isComponent }) => parent === release.parent && !isComponent && urn !== release.urn,
    ),
    components: componentsAbove(release, resources),
    ...(provider && !isDefault(provider.urn) && { provider }),
  };
}

/** Returns the Pulumi name in a URN. */
export const nameOf = (urn: string): string => urnParts(urn).name;

/** Returns whether a provider is one of Pulumi's default providers. */
export const isDefault = (provider: string): boolean => nameOf(provider).startsWith("default_");

export const releaseType = "kubernetes:helm.sh/v3:Release";
const longhornType = "longhorn-s3:index:Longhorn";

const typesIn = (urn: string): string[] => urn.split("::")[2]?.split("$") ?? [];

function componentsAbove({ parent }: PlannedResource, resources: readonly PlannedResource[]): PlannedResource[] {
  const component = resources.find(({ urn, isComponent }) => urn === parent && isComponent);
  if (component === undefined || component.type === "pulumi:pulumi:Stack") return [];
  return [...componentsAbove(component, resources), component];
}
