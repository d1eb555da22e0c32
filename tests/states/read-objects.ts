import { readFileSync } from "node:fs";
import { CoreV1Api, KubernetesObjectApi, type KubeConfig, type KubernetesObject } from "@kubernetes/client-node";
import { isRecord } from "../../components/stack-reference/contract";
import type { RecordedStack } from "./recorded-stack";

/** Returns the objects of the cluster that the program of a stack reads, as they were recorded. */
export function readObjectsOf({ stateFile }: RecordedStack): KubernetesObject[] {
  const { deployment } = JSON.parse(readFileSync(stateFile, "utf8"), (_, value: unknown) => opened(value)) as State;
  return deployment.resources
    .filter(({ external, type }) => external === true && type.startsWith("kubernetes:"))
    .map(({ outputs }) => withoutServerFields(outputs));
}

interface State {
  deployment: { resources: { type: string; external?: boolean; outputs: KubernetesObject }[] };
}

/** A secret of a state is an object with its value as JSON. */
function opened(value: unknown): unknown {
  return isRecord(value) && typeof value["plaintext"] === "string" ? JSON.parse(value["plaintext"]) : value;
}

function withoutServerFields({ apiVersion, kind, metadata, ...rest }: KubernetesObject): KubernetesObject {
  const { name, namespace, labels, annotations } = metadata ?? {};
  const content: object = Object.fromEntries(Object.entries(rest).filter(([field]) => field !== "status"));
  return { apiVersion, kind, metadata: { name, namespace, labels, annotations }, ...content };
}

/** Creates objects, and the namespaces that they are in. */
export async function createObjects(config: KubeConfig, objects: readonly KubernetesObject[]): Promise<void> {
  const core = config.makeApiClient(CoreV1Api);
  const namespaces = new Set(objects.flatMap(({ metadata }) => metadata?.namespace ?? []));
  for (const name of namespaces) await core.createNamespace({ body: { metadata: { name } } });
  const api = KubernetesObjectApi.makeApiClient(config);
  for (const object of objects) await api.create(object);
}
