import { CoreV1Api, KubernetesObjectApi, type KubeConfig } from "@kubernetes/client-node";
import { stackLabel } from "../../../components/stack-label";
import { helmRecords } from "../../cluster/helm-records";
import { unlessAbsent } from "../../cluster/kubernetes";
import type { ExistingObject, NewObject } from "./existing-objects";

/** Reads which of the objects exist in a cluster, and the stacks in their labels. */
export async function readExisting(config: KubeConfig, objects: readonly NewObject[]): Promise<ExistingObject[]> {
  const read = objects.map((object) =>
    object.kind === "Release" ? readRelease(config, object) : readObject(config, object),
  );
  return (await Promise.all(read)).filter((object) => object !== undefined);
}

async function readObject(config: KubeConfig, object: NewObject): Promise<ExistingObject | undefined> {
  const { apiVersion, kind, name, namespace } = object;
  const api = KubernetesObjectApi.makeApiClient(config);
  const found = await unlessAbsent(api.read({ apiVersion, kind, metadata: { name, namespace } }));
  return found && withStack(object, found.metadata?.labels);
}

/** Reads a release from its records, which are in its namespace. */
async function readRelease(config: KubeConfig, object: NewObject): Promise<ExistingObject | undefined> {
  const { name, namespace = "default" } = object;
  const core = config.makeApiClient(CoreV1Api);
  const [records, found] = await Promise.all([
    helmRecords(core, namespace, name),
    unlessAbsent(core.readNamespace({ name: namespace })),
  ]);
  return records.length === 0 ? undefined : withStack(object, found?.metadata?.labels);
}

function withStack(object: NewObject, labels: Readonly<Record<string, string>> = {}): ExistingObject {
  const stack = labels[stackLabel];
  return stack === undefined ? object : { ...object, stack };
}
