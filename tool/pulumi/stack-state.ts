/** The part of a stack's state that has to agree with the cluster. */
export interface StackState {
  /** Every Kubernetes object that Pulumi knows, as `Kind namespace/name` or `Kind name`. */
  objects: readonly string[];
  /** Resources other than the stack itself and the providers. */
  resources: number;
  /** Operations of which Pulumi does not know whether they happened, as `creating Kind`. */
  pending: readonly string[];
}

/** Reads what `pulumi stack export` prints. */
export function readStackState(exported: unknown): StackState {
  const { deployment = {} } = exported as { deployment?: ExportedDeployment };
  const resources = deployment.resources ?? [];
  return {
    objects: resources.filter(isKubernetesObject).map(({ type, id = "" }) => `${kindOf(type)} ${id}`),
    resources: resources.filter(({ type }) => !type.startsWith("pulumi:")).length,
    pending: (deployment.pending_operations ?? []).map(({ type, resource }) => `${type} ${kindOf(resource.type)}`),
  };
}

/** What `pulumi stack export` prints, as far as it is read. */
export interface ExportedDeployment {
  resources?: ExportedResource[];
  pending_operations?: { type: string; resource: ExportedResource }[];
}

export interface ExportedResource {
  urn: string;
  /** A token such as `kubernetes:apps/v1:Deployment`. */
  type: string;
  id?: string;
  inputs?: ExportedInputs;
  /** What it is, or, of a component, what it promises. */
  outputs?: Readonly<Record<string, unknown>>;
  parent?: string;
  /** The provider's URN and id, with `::` between them. */
  provider?: string;
  /** One that is there to be read only. */
  external?: boolean;
  /** One that the engine refuses to delete. */
  protect?: boolean;
}

/** The inputs that are read here. */
export interface ExportedInputs {
  metadata?: { name?: unknown; namespace?: unknown };
  name?: unknown;
  namespace?: unknown;
  kubeconfig?: unknown;
  context?: unknown;
}

/** A release is many objects, and Helm's affair; a patch is a part of an object of somebody else. */
export function isKubernetesObject({ type, external }: ExportedResource): boolean {
  const isObject = type.startsWith("kubernetes:") && !type.startsWith("kubernetes:helm.sh/") && !type.endsWith("Patch");
  return isObject && external !== true;
}

export const kindOf = (type: string): string => type.split(":").at(-1) ?? type;
