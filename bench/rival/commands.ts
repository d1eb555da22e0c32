import type { KubernetesObject, PlannedObject, RivalPlan } from "./plan";

/** A command of Helm or kubectl. Its arguments contain the names of `RivalFiles`. */
export interface RivalCommand {
  program: "helm" | "kubectl";
  args: readonly string[];
}

/** Files of the commands. JSON is valid YAML. */
const fileNames = { values: "values.json", before: "before.json", after: "after.json" } as const;

export function filesOf({ before, release, after }: RivalPlan): Record<string, unknown> {
  return {
    [fileNames.values]: release.values,
    [fileNames.before]: listOf(before),
    [fileNames.after]: listOf(after),
  };
}

/** Returns the commands that install everything and wait until it is ready. */
export function installCommands({ before, release, after }: RivalPlan, chart: string): RivalCommand[] {
  const { name, namespace, timeoutSeconds } = release;
  return [
    ...apply(before, fileNames.before),
    helm(
      "install",
      name,
      chart,
      `--namespace=${namespace}`,
      "--wait",
      `--timeout=${timeoutSeconds}s`,
      "--values",
      fileNames.values,
    ),
    ...apply(after, fileNames.after),
    ...rollouts(after),
  ];
}

/** Returns the commands that change the image `from` to `to` everywhere, and wait until the pods are ready. */
export function imageCommands({ after }: RivalPlan, from: string, to: string): RivalCommand[] {
  const changed = after.filter(({ object }) => containersWith(object, from).length > 0);
  return [
    ...changed.map(({ object }) =>
      kubectl("set", "image", ...addressed(object), ...containersWith(object, from).map((name) => `${name}=${to}`)),
    ),
    ...rollouts(changed),
  ];
}

/** Returns the commands that delete everything except retained objects, and wait for the deletion. */
export function uninstallCommands({ before, release, after }: RivalPlan): RivalCommand[] {
  const { name, namespace, timeoutSeconds } = release;
  const remove = (objects: readonly PlannedObject[]): RivalCommand[] =>
    objects
      .filter(({ stays }) => !stays)
      .reverse()
      .map(({ object }) => kubectl("delete", "--wait", ...addressed(object)));
  return [
    ...remove(after),
    helm("uninstall", name, `--namespace=${namespace}`, "--wait", `--timeout=${timeoutSeconds}s`),
    ...remove(before),
  ];
}

/** Returns the container images of all objects that Pulumi waits for. */
export function imagesOf({ after }: RivalPlan): string[] {
  return [
    ...new Set(
      after
        .filter(({ object }) => isAwaited(object))
        .flatMap(({ object }) => containersOf(object).map(({ image }) => image)),
    ),
  ];
}

const helm = (...args: string[]): RivalCommand => ({ program: "helm", args });
const kubectl = (...args: string[]): RivalCommand => ({ program: "kubectl", args });

const apply = (objects: readonly PlannedObject[], file: string): RivalCommand[] =>
  objects.length === 0 ? [] : [kubectl("apply", "-f", file)];

function rollouts(objects: readonly PlannedObject[]): RivalCommand[] {
  return objects
    .filter(({ object }) => isAwaited(object))
    .map(({ object }) => kubectl("rollout", "status", ...addressed(object)));
}

/** Reports whether Pulumi, too, waits until the object is ready. */
function isAwaited({ kind, metadata }: KubernetesObject): boolean {
  const rollsOut = ["Deployment", "DaemonSet", "StatefulSet"].includes(kind);
  return rollsOut && metadata.annotations?.["pulumi.com/skipAwait"] !== "true";
}

function addressed({ apiVersion, kind, metadata }: KubernetesObject): string[] {
  const [version = "", group] = apiVersion.split("/").reverse();
  const type = group === undefined ? kind : `${kind}.${version}.${group}`;
  return [
    `${type}/${metadata.name}`,
    ...(metadata.namespace === undefined ? [] : [`--namespace=${metadata.namespace}`]),
  ];
}

interface Container {
  name: string;
  image: string;
}

const containersWith = (object: KubernetesObject, image: string): string[] =>
  containersOf(object).flatMap((container) => (container.image === image ? [container.name] : []));

function containersOf({ spec }: KubernetesObject): Container[] {
  type Pods = { containers?: Container[]; initContainers?: Container[] };
  const pods = (spec as { template?: { spec?: Pods } } | undefined)?.template?.spec;
  return [...(pods?.initContainers ?? []), ...(pods?.containers ?? [])];
}

function listOf(objects: readonly PlannedObject[]): unknown {
  return { apiVersion: "v1", kind: "List", items: objects.map(({ object }) => object) };
}
