/** Part of a stack's state that must match the cluster. */
export interface StackState {
  /** All Kubernetes objects in the state, as `Kind namespace/name` or `Kind name`. */
  objects: readonly string[];
  /** Number of resources other than the stack itself and the providers. */
  resources: number;
  /** Operations that Pulumi began and whose result is unknown, as `creating Kind`. */
  pending: readonly string[];
}

/** Parses the output of `pulumi stack export`. */
export function readStackState(exported: unknown): StackState {
  const { deployment = {} } = exported as { deployment?: ExportedDeployment };
  const resources = deployment.resources ?? [];
  return {
    objects: resources.filter(isKubernetesObject).map(({ type, id = "" }) => `${kindOf(type)} ${id}`),
    resources: resources.filter(({ type }) => !type.startsWith("pulumi:")).length,
    pending: (deployment.pending_operations ?? []).map(({ type, resource }) => `${type} ${kindOf(resource.type)}`),
  };
}

/** Output of `pulumi stack export`, limited to the fields in use. */
export interface ExportedDeployment {
  resources?: ExportedResource[];
  pending_operations?: { type: string; resource: ExportedResource }[];
}

export interface ExportedResource {
  urn: string;
  /** Type token, such as `kubernetes:apps/v1:Deployment`. */
  type: string;
  id?: string;
  inputs?: ExportedInputs;
  /** Properties of the resource; for a component, its outputs. */
  outputs?: Readonly<Record<string, unknown>>;
  parent?: string;
  /** URN and ID of the provider, separated by `::`. */
  provider?: string;
  /** Whether the resource is only read. */
  external?: boolean;
  /** Whether the engine refuses to delete it. */
  protect?: boolean;
}

/** Inputs in use. */
export interface ExportedInputs {
  metadata?: { name?: unknown; namespace?: unknown };
  name?: unknown;
  namespace?: unknown;
  kubeconfig?: unknown;
  context?: unknown;
}

/** Returns whether the resource is one object. A release consists of many objects, and a patch is a part of another object. */
export function isKubernetesObject({ type, external }: ExportedResource): boolean {
  const isObject = type.startsWith("kubernetes:") && !type.startsWith("kubernetes:helm.sh/") && !type.endsWith("Patch");
  return isObject && external !== true;
}

export const kindOf = (type: string): string => type.split(":").at(-1) ?? type;
