import type { Connection } from "../cluster/connection";
import { isKubernetesObject, kindOf, type ExportedDeployment, type ExportedResource } from "./stack-state";

/** Where in which cluster a stack's objects are. */
export interface StackPlaces {
  connection: Connection;
  /** Namespaces that the stack has made or has put something into. */
  namespaces: readonly string[];
  releases: readonly StackRelease[];
  /** Operations of which Pulumi does not know whether they happened. */
  pending: readonly PendingOperation[];
}

/** A Helm release of a stack. */
export interface StackRelease {
  namespace: string;
  release: string;
  /** Its creation was interrupted before Pulumi knew of it; what is needed to make it known. */
  unknown?: UnknownResource;
}

/** A resource that Pulumi began to create and then lost sight of. */
export interface UnknownResource {
  urn: string;
  type: string;
  parent: string;
  /** The provider's URN. */
  provider: string;
}

export interface PendingOperation {
  /** Such as `creating`. */
  type: string;
  urn: string;
}

/** Reads what `pulumi stack export` prints; secrets may be in the clear. */
export function readStackPlaces(exported: unknown): StackPlaces {
  const { deployment = {} } = exported as { deployment?: ExportedDeployment };
  const { resources = [], pending_operations: pending = [] } = deployment;
  const begun = pending.map(({ resource }) => resource);
  const isRelease = ({ type }: ExportedResource): boolean => type === releaseType;
  const known = resources.filter(isRelease).map(releaseOf);
  const unknown = pending
    .filter(({ type, resource }) => type === "creating" && isRelease(resource))
    .map(({ resource }) => ({ ...releaseOf(resource), unknown: unknownOf(resource) }))
    .filter((one) => !known.some(({ namespace, release }) => namespace === one.namespace && release === one.release));
  const objects = [...resources, ...begun].filter((one) => isKubernetesObject(one) || isRelease(one));
  return {
    connection: connectionOf(resources),
    namespaces: [...new Set(objects.map(namespaceOf).filter((namespace) => namespace !== ""))].sort(),
    releases: [...known, ...unknown],
    pending: pending.map(({ type, resource }) => ({ type, urn: resource.urn })),
  };
}

const releaseType = "kubernetes:helm.sh/v3:Release";

function namespaceOf({ type, id, inputs = {} }: ExportedResource): string {
  if (kindOf(type) === "Namespace") return id ?? text(inputs.metadata?.name) ?? "";
  return text(inputs.metadata?.namespace ?? inputs.namespace) ?? "";
}

function releaseOf({ inputs = {} }: ExportedResource): StackRelease {
  return { namespace: text(inputs.namespace) ?? "default", release: text(inputs.name) ?? "" };
}

function unknownOf({ urn, type, parent = "", provider = "" }: ExportedResource): UnknownResource {
  return { urn, type, parent, provider: provider.split("::").slice(0, -1).join("::") };
}

/** The cluster of the first provider that names one. */
export function connectionOf(resources: readonly ExportedResource[]): Connection {
  const providers = resources.filter(({ type }) => type === "pulumi:providers:kubernetes");
  const named = providers.find(({ inputs = {} }) => text(inputs.kubeconfig) !== undefined) ?? providers[0];
  return { kubeconfig: text(named?.inputs?.kubeconfig), context: text(named?.inputs?.context) };
}

/** A plain text, or a secret one in the clear; undefined where it is encrypted or not there. */
function text(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null || !("plaintext" in value)) return undefined;
  const plain: unknown = typeof value.plaintext === "string" ? JSON.parse(value.plaintext) : undefined;
  return typeof plain === "string" ? plain : undefined;
}
