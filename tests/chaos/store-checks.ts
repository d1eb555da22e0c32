import type { V1PersistentVolume } from "@kubernetes/client-node";
import { isDeepStrictEqual } from "node:util";
import { setTimeout as sleep } from "node:timers/promises";
import type { ClusterObjects } from "../../testbed/cluster-objects";
import type { StackState } from "../../tool/pulumi/stack-state";

/** What was looked at → what is wrong with it; empty where it holds. */
export type Checks = Record<string, string[]>;

/** The data of Secrets, by their names. */
export type SecretData = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** How long controllers may take until nothing changes any more. */
const settledWithinMs = 60_000;

/** Objects on one side only: those in the cluster, and those that Pulumi knows. */
export function objectsAgree(there: readonly string[], state: StackState): string[] {
  return [
    ...without(there, state.objects).map((object) => `${object} is in the cluster, but not in Pulumi's state`),
    ...without(state.objects, there).map((object) => `${object} is in Pulumi's state, but not in the cluster`),
  ];
}

/** After `destroy`: what is kept on purpose, once, and nothing else. */
export function onlyKeptIsLeft(there: readonly string[], namespace: string, state: StackState): string[] {
  const kept = there.filter((object) => object === `Namespace ${namespace}` || object.startsWith("Secret "));
  return [
    ...without(there, kept).map((object) => `${object} is left in the cluster`),
    ...(kept.length === 2
      ? []
      : [`kept are ${kept.join(", ") || "no objects"} instead of one namespace and one Secret`]),
    ...(state.resources === 0 ? [] : [`${state.resources} resources are left in Pulumi's state`]),
  ];
}

/** Everything that belongs to a store: one namespace, what is in it, and what has its labels elsewhere. */
export async function objectsOf(cluster: ClusterObjects, namespace: string): Promise<string[]> {
  const [inside, labelled, hasNamespace] = await Promise.all([
    cluster.inNamespace(namespace),
    cluster.labelled(`app.kubernetes.io/name=s3gw,app.kubernetes.io/instance=${namespace}`),
    cluster.exists("v1", "Namespace", namespace),
  ]);
  const all = [...(hasNamespace ? [`Namespace ${namespace}`] : []), ...inside, ...labelled];
  return [...new Set(all)].sort();
}

/** One claim at most, one PersistentVolume, and one volume of Longhorn's as long as there is a Longhorn. */
export async function oneVolume(
  cluster: ClusterObjects,
  namespace: string,
  volumesBefore: readonly string[],
  hasLonghorn: boolean,
): Promise<string[]> {
  const claims = await cluster.list("v1", "PersistentVolumeClaim", namespace);
  const volumes = await cluster.volumesOf(namespace);
  const added = without(await longhornVolumes(cluster), volumesBefore);
  const handles = volumes.map(handleOf);
  return [
    ...(claims.length <= 1 ? [] : [`${claims.length} claims`]),
    ...(volumes.length === 1 ? [] : [`${volumes.length} PersistentVolumes`]),
    ...(added.length === Number(hasLonghorn) ? [] : [`${added.length} volumes of Longhorn's: ${added.join(", ")}`]),
    ...without(hasLonghorn ? handles : [], added).map((handle) => `${handle} is no volume of Longhorn's`),
  ];
}

/** One Deployment with one pod that is ready, once controllers have settled. */
export async function onePod(cluster: ClusterObjects, namespace: string): Promise<string[]> {
  const look = async (): Promise<string[]> => {
    const deployments = await cluster.list("apps/v1", "Deployment", namespace);
    const pods = (await cluster.pods(namespace)).filter(isGateway);
    const ready = pods.filter(({ status }) =>
      status?.conditions?.some((c) => c.type === "Ready" && c.status === "True"),
    );
    return [
      ...(deployments.length === 1 ? [] : [`${deployments.length} Deployments`]),
      ...(pods.length === 1 ? [] : [`${pods.length} pods`]),
      ...(ready.length === 1 ? [] : [`${ready.length} pods that are ready`]),
    ];
  };
  return settled(look);
}

/** Secrets that are gone, or that hold other keys than before. */
export function credentialsUnchanged(before: SecretData, after: SecretData): string[] {
  return Object.entries(before).flatMap(([name, data]) => {
    const now = after[name];
    if (now === undefined) return [`Secret ${name} is gone`];
    return isDeepStrictEqual(now, data) ? [] : [`Secret ${name} holds other keys`];
  });
}

/** The names of all volumes of Longhorn's. */
export async function longhornVolumes(cluster: ClusterObjects): Promise<string[]> {
  const volumes = await cluster.list("longhorn.io/v1beta2", "Volume", "longhorn-system");
  return volumes.map(({ metadata }) => metadata?.name ?? "");
}

export const handleOf = ({ spec }: V1PersistentVolume): string => spec?.csi?.volumeHandle ?? "";

/** What `look` finds once nothing is wrong any more, or after the time that controllers may take. */
export async function settled(look: () => Promise<string[]>): Promise<string[]> {
  for (const deadline = Date.now() + settledWithinMs; ; await sleep(500)) {
    const problems = await look();
    if (problems.length === 0 || Date.now() > deadline) return problems;
  }
}

function isGateway({ metadata }: { metadata?: { labels?: Record<string, string> } }): boolean {
  return metadata?.labels?.["app.kubernetes.io/component"] === "gateway";
}

function without(all: readonly string[], some: readonly string[]): string[] {
  return all.filter((item) => !some.includes(item));
}
