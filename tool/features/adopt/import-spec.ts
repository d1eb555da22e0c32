import type { ImportOptions } from "@pulumi/pulumi/automation";
import { longhornNamespace } from "../../../components/longhorn";
import { isDefault, nameOf, type PlannedLonghorn, type PlannedResource } from "./planned";
import type { SeenLonghorn } from "./seen";

/** Resource as `pulumi import --file` accepts it. The Automation API declares only a part of the fields. */
interface ImportedResource {
  type: string;
  name: string;
  id?: string;
  parent?: string;
  provider?: string;
  version?: string;
  component?: true;
  inputs?: Readonly<Record<string, unknown>>;
}

/**
 * Returns the resources to import, each after those that it depends on: the provider and the components, which the stack does
 * not have yet, then the existing objects. An import only reads.
 */
export function importOf(planned: PlannedLonghorn, seen: SeenLonghorn): ImportOptions {
  const { release, others, components, provider } = planned;
  const made = [...(provider ? [provider] : []), ...components];
  const objects = adopted(planned, seen);
  const known = [release, ...others, ...components].flatMap(({ parent, provider: of }) => [parent, of]);
  const resources: ImportedResource[] = [
    ...(provider ? [{ type: provider.type, name: nameOf(provider.urn), inputs: provider.inputs }] : []),
    ...components.map((component) => ({ ...named(component), component: true as const })),
    ...objects.map(({ resource, id }) => ({ ...named(resource), id, ...providedBy(resource) })),
  ];
  return {
    resources,
    nameTable: Object.fromEntries(
      known
        .filter((urn) => urn !== "" && !isStack(urn) && !isDefault(urn) && !made.some((one) => one.urn === urn))
        .map((urn) => [nameOf(urn), urn]),
    ),
    protect: true,
    generateCode: false,
  };
}

/** Returns the existing objects that become resources of the stack, with their IDs. */
export function adopted(
  { release, others }: PlannedLonghorn,
  { objects }: SeenLonghorn,
): { resource: PlannedResource; id: string }[] {
  const { name = "longhorn" } = release.inputs as { name?: string };
  const existing = others.flatMap((resource) => {
    const object = objects[resource.urn];
    return object === undefined ? [] : [{ resource, id: object.id }];
  });
  return [...existing, { resource: release, id: `${longhornNamespace}/${name}` }];
}

function named({ type, urn, parent }: PlannedResource): ImportedResource {
  return { type, name: nameOf(urn), ...(parent !== "" && !isStack(parent) && { parent: nameOf(parent) }) };
}

/** Returns the version of a default provider, by which Pulumi finds it. */
function providedBy({ provider }: PlannedResource): Pick<ImportedResource, "provider" | "version"> {
  if (!isDefault(provider)) return { provider: nameOf(provider) };
  const version = nameOf(provider)
    .replace(/^default_/, "")
    .split("_")
    .slice(0, 3)
    .join(".");
  return { version };
}

const isStack = (urn: string): boolean => urn.includes("::pulumi:pulumi:Stack::");
