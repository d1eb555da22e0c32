import { withoutSecretMarks, type ExportedResource, type ExportedState } from "./exported-state";

/** A Kubernetes object as it is applied. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; annotations?: Record<string, string> };
  spec?: unknown;
}

/** An object and what becomes of it. */
export interface PlannedObject {
  object: KubernetesObject;
  /** It stays when everything else is taken down. */
  stays: boolean;
}

/** The Helm release. */
export interface PlannedRelease {
  name: string;
  namespace: string;
  values: Record<string, unknown>;
  timeoutSeconds: number;
}

/** What Helm and kubectl have to make so that the cluster has what the stack has. */
export interface RivalPlan {
  /** Objects that the release waits for. */
  before: readonly PlannedObject[];
  release: PlannedRelease;
  /** All others, in the order in which Pulumi made them. */
  after: readonly PlannedObject[];
}

const releaseType = "kubernetes:helm.sh/v3:Release";

/** The plan that makes the objects of a stack with one Helm release: the same by construction. */
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

/** URNs of everything that `resource` waits for, directly or not. */
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
