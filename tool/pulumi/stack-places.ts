import type { Connection } from "../cluster/connection";
import { isKubernetesObject, kindOf, type ExportedDeployment, type ExportedResource } from "./stack-state";

/** Location of a stack's objects. */
export interface StackPlaces {
  connection: Connection;
  /** Namespaces that the stack has created or uses. */
  namespaces: readonly string[];
  releases: readonly StackRelease[];
  /** Operations that Pulumi began and whose result is unknown. */
  pending: readonly PendingOperation[];
}

/** Helm release of a stack. */
export interface StackRelease {
  namespace: string;
  release: string;
  /** Set if its creation was interrupted before Pulumi recorded it: the properties for an import. */
  unknown?: UnknownResource;
}

/** Resource whose creation Pulumi began but did not record. */
export interface UnknownResource {
  urn: string;
  type: string;
  parent: string;
  /** URN of the provider. */
  provider: string;
}

export interface PendingOperation {
  /** Type, such as `creating`. */
  type: string;
  urn: string;
}

/** Parses the output of `pulumi stack export`, with or without secrets in plain text. */
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

/** Returns the cluster of the first provider that names one. */
export function connectionOf(resources: readonly ExportedResource[]): Connection {
  const providers = resources.filter(({ type }) => type === "pulumi:providers:kubernetes");
  const named = providers.find(({ inputs = {} }) => text(inputs.kubeconfig) !== undefined) ?? providers[0];
  return { kubeconfig: text(named?.inputs?.kubeconfig), context: text(named?.inputs?.context) };
}

/** Returns a plain or decrypted text; undefined if it is encrypted or absent. */
function text(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null || !("plaintext" in value)) return undefined;
  const plain: unknown = typeof value.plaintext === "string" ? JSON.parse(value.plaintext) : undefined;
  return typeof plain === "string" ? plain : undefined;
}
