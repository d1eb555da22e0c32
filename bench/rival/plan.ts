import { withoutSecretMarks, type ExportedResource, type ExportedState } from "./exported-state";

/** A Kubernetes object, ready to apply. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; annotations?: Record<string, string> };
  spec?: unknown;
}

/** A planned object. */
export interface PlannedObject {
  object: KubernetesObject;
  /** Whether the object is retained when the rest is deleted. */
  stays: boolean;
}

/** The Helm release. */
export interface PlannedRelease {
  name: string;
  namespace: string;
  values: Record<string, unknown>;
  timeoutSeconds: number;
}

/** Objects that Helm and kubectl create to match the stack. */
export interface RivalPlan {
  /** Objects that the release depends on. */
  before: readonly PlannedObject[];
  release: PlannedRelease;
  /** All other objects, in the order in which Pulumi created them. */
  after: readonly PlannedObject[];
}

const releaseType = "kubernetes:helm.sh/v3:Release";

/** Returns the plan with the objects of a stack with one Helm release. */
export function planOf(state: ExportedState): RivalPlan {
  const resources = (state.deployment.resources ?? []).filter(isOwn);
  const release = resources.find(({ type }) => type === releaseType);
  if (release === undefined) throw new RangeError("the stack has no Helm release to compare with");
  const awaited = everythingBelow(release, resources);
  const objects = resources.filter(({ type }) => type !== releaseType);
  const planned = (resource: ExportedResource): PlannedObject => ({
    object: objectOf(resource),
    stays: resource.retainOnDelete === true,
  });
  return {
    before: objects.filter(({ urn }) => awaited.has(urn)).map(planned),
    release: plannedRelease(release),
    after: objects.filter(({ urn }) => !awaited.has(urn)).map(planned),
  };
}

function isOwn({ type, custom, external }: ExportedResource): boolean {
  return custom && external !== true && type.startsWith("kubernetes:");
}

/** Returns the URNs of all direct and indirect dependencies of `resource`. */
function everythingBelow(resource: ExportedResource, resources: readonly ExportedResource[]): Set<string> {
  const found = new Set<string>();
  const visit = ({ dependencies = [] }: ExportedResource): void => {
    for (const urn of dependencies.filter((dependency) => !found.has(dependency))) {
      found.add(urn);
      const below = resources.find((other) => other.urn === urn);
      if (below !== undefined) visit(below);
    }
  };
  visit(resource);
  return found;
}

function objectOf({ inputs = {} }: ExportedResource): KubernetesObject {
  const own = Object.entries(inputs).filter(([key]) => !key.startsWith("__"));
  return withoutSecretMarks(Object.fromEntries(own)) as KubernetesObject;
}

function plannedRelease({ inputs = {} }: ExportedResource): PlannedRelease {
  const { name, namespace, values, timeout } = withoutSecretMarks(inputs) as {
    [key in "name" | "namespace"]: string;
  } & { values?: Record<string, unknown>; timeout?: number };
  return { name, namespace, values: values ?? {}, timeoutSeconds: timeout ?? 300 };
}
