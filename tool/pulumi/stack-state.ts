/** The part of a stack's state that must match the cluster. */
export interface StackState {
  /** All Kubernetes objects in the state, as `Kind namespace/name` or `Kind name`. */
  objects: readonly string[];
  /** Number of resources, without the stack itself and the providers. */
  resources: number;
  /** Pending operations with an unknown result, as `creating Kind`. */
  pending: readonly string[];
}

/** Reads the output of `pulumi stack export`. */
export function readStackState(exported: unknown): StackState {
  const { deployment = {} } = exported as { deployment?: ExportedDeployment };
  const resources = deployment.resources ?? [];
  return {
    objects: resources.filter(isKubernetesObject).map(({ type, id = "" }) => `${kindOf(type)} ${id}`),
    resources: resources.filter(({ type }) => !type.startsWith("pulumi:")).length,
    pending: (deployment.pending_operations ?? []).map(({ type, resource }) => `${type} ${kindOf(resource.type)}`),
  };
}

/** Output of `pulumi stack export`, limited to the fields that are read. */
export interface ExportedDeployment {
  resources?: ExportedResource[];
  pending_operations?: { type: string; resource: ExportedResource }[];
}

export interface ExportedResource {
  urn: string;
  /** Type token such as `kubernetes:apps/v1:Deployment`. */
  type: string;
  id?: string;
  inputs?: ExportedInputs;
  /** Outputs of the resource or the component. */
  outputs?: Readonly<Record<string, unknown>>;
  parent?: string;
  /** URN and ID of the provider, separated by `::`. */
  provider?: string;
  /** Whether the resource was read, not created. */
  external?: boolean;
  /** Whether the engine refuses to delete the resource. */
  protect?: boolean;
}

/** Inputs, limited to the fields that are read. */
export interface ExportedInputs {
  metadata?: { name?: unknown; namespace?: unknown };
  name?: unknown;
  namespace?: unknown;
  kubeconfig?: unknown;
  context?: unknown;
}

/**
 * Reports whether a resource is one Kubernetes object. A release stands for many objects of Helm; a patch is part of an
 * object of another owner.
 */
export function isKubernetesObject({ type, external }: ExportedResource): boolean {
  const isObject = type.startsWith("kubernetes:") && !type.startsWith("kubernetes:helm.sh/") && !type.endsWith("Patch");
  return isObject && external !== true;
}

export const kindOf = (type: string): string => type.split(":").at(-1) ?? type;
