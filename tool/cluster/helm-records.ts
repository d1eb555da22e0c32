import { loadAllYaml, type CoreV1Api, type KubernetesObject, type V1Secret } from "@kubernetes/client-node";
import { gunzipSync, gzipSync } from "node:zlib";
import type { HelmRecord } from "./facts";

/** Returns Helm's records of the releases in a namespace, or of one of them, oldest first. */
export async function helmRecords(core: CoreV1Api, namespace: string, release?: string): Promise<HelmRecord[]> {
  const labelSelector = release === undefined ? "owner=helm" : `owner=helm,name=${release}`;
  const { items } = await core.listNamespacedSecret({ namespace, labelSelector });
  return items
    .map(({ metadata }) => ({
      namespace,
      release: metadata?.labels?.["name"] ?? "",
      secret: metadata?.name ?? "",
      revision: Number(metadata?.labels?.["version"]),
      status: metadata?.labels?.["status"] ?? "",
    }))
    .sort((one, other) => one.release.localeCompare(other.release) || one.revision - other.revision);
}

/** Returns the objects of a revision in Helm's order, without its hooks. */
export function objectsOf(secret: V1Secret): KubernetesObject[] {
  const { name, namespace, manifest } = decode(releaseIn(secret));
  const listed = (loadAllYaml(manifest) as (KubernetesObject | null)[]).filter((one) => one !== null);
  return listed.map((object) => ({
    ...object,
    metadata: {
      ...object.metadata,
      namespace: object.metadata?.namespace ?? namespace,
      labels: { ...object.metadata?.labels, "app.kubernetes.io/managed-by": "Helm" },
      annotations: {
        ...object.metadata?.annotations,
        "meta.helm.sh/release-name": name,
        "meta.helm.sh/release-namespace": namespace,
      },
    },
  }));
}

/** Helm's record of a revision, limited to the fields in use. */
export interface StoredRelease {
  name: string;
  namespace: string;
  /** Number of the revision, starting with 1. */
  version: number;
  info: { status: string; description: string };
  chart: { metadata: { name: string; version: string }; values?: Readonly<Record<string, unknown>> };
  /** Given values; null if there were none. */
  config?: Readonly<Record<string, unknown>> | null;
  /** Objects as YAML documents. */
  manifest: string;
}

/** Returns the revision in a Secret of Helm. */
export function storedRelease(secret: V1Secret): StoredRelease {
  return decode(releaseIn(secret));
}

/**
 * Returns the Secret of a revision with another status. The Secret contains it twice: in the label that Helm queries, and in
 * the record itself, which is gzipped JSON in base64, encoded in base64 again like all data of a Secret.
 */
export function withStatus(secret: V1Secret, status: string, description: string): V1Secret {
  const release = decode(releaseIn(secret));
  const changed = { ...release, info: { ...release.info, status, description } };
  return {
    ...secret,
    metadata: { ...secret.metadata, labels: { ...secret.metadata?.labels, status } },
    data: { ...secret.data, release: encode(changed) },
  };
}

function releaseIn({ metadata, data }: V1Secret): string {
  const stored = data?.["release"];
  if (stored === undefined) throw new Error(`Secret ${metadata?.name ?? ""} does not contain a Helm release`);
  return stored;
}

function decode(stored: string): StoredRelease {
  const zipped = Buffer.from(Buffer.from(stored, "base64").toString("ascii"), "base64");
  return JSON.parse(gunzipSync(zipped).toString("utf8")) as StoredRelease;
}

function encode(release: StoredRelease): string {
  return Buffer.from(gzipSync(JSON.stringify(release)).toString("base64")).toString("base64");
}
