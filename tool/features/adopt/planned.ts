import type { EngineEvent } from "@pulumi/pulumi/automation";
import { urnParts } from "../../../policy/data-bearing";

/** A resource of a preview that the stack does not have yet. */
export interface PlannedResource {
  urn: string;
  type: string;
  /** URN of its parent. */
  parent: string;
  /** URN of its provider; empty for a component. */
  provider: string;
  /** Secrets as `[secret]`. */
  inputs: Readonly<Record<string, unknown>>;
  isComponent: boolean;
}

/** A Longhorn that a stack is going to make, with all that has to be known to take the one over that is there. */
export interface PlannedLonghorn {
  release: PlannedResource;
  /** Everything else that is made with it. */
  others: readonly PlannedResource[];
  /** Components above the release, the outermost first. */
  components: readonly PlannedResource[];
  /** Undefined where it is Pulumi's default provider, or one that the stack has already. */
  provider?: PlannedResource;
}

/** The resource that an event of a preview says is going to be made; undefined where it says something else. */
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

/** The Longhorn among what a preview plans; undefined where it plans none. */
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

/** The Pulumi name in a URN. */
export const nameOf = (urn: string): string => urnParts(urn).name;

/** Whether a provider is one that Pulumi makes by itself. */
export const isDefault = (provider: string): boolean => nameOf(provider).startsWith("default_");

export const releaseType = "kubernetes:helm.sh/v3:Release";
const longhornType = "longhorn-s3:index:Longhorn";

const typesIn = (urn: string): string[] => urn.split("::")[2]?.split("$") ?? [];

function componentsAbove({ parent }: PlannedResource, resources: readonly PlannedResource[]): PlannedResource[] {
  const component = resources.find(({ urn, isComponent }) => urn === parent && isComponent);
  if (component === undefined || component.type === "pulumi:pulumi:Stack") return [];
  return [...componentsAbove(component, resources), component];
}
