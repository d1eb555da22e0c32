import { loadAllYaml, type CoreV1Api, type KubernetesObject, type V1Secret } from "@kubernetes/client-node";
import { gunzipSync, gzipSync } from "node:zlib";
import type { HelmRecord } from "./facts";

/** Helm's records of the releases in a namespace, or of one of them; oldest first. */
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

/** The objects of a revision as Helm would make them, in its order; without its hooks. */
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

/** What Helm keeps of a revision, as far as it is read here. */
export interface StoredRelease {
  name: string;
  namespace: string;
  /** Its number; the first is 1. */
  version: number;
  info: { status: string; description: string };
  chart: { metadata: { name: string; version: string }; values?: Readonly<Record<string, unknown>> };
  /** The values that were given; null where there were none. */
  config?: Readonly<Record<string, unknown>> | null;
  /** Its objects as YAML documents. */
  manifest: string;
}

/** The revision that a Secret of Helm's holds. */
export function storedRelease(secret: V1Secret): StoredRelease {
  return decode(releaseIn(secret));
}

/**
 * The Secret of a revision with another status, which stands in it twice: in the label, by which Helm looks, and in the record
 * itself, which is gzipped JSON in base64, once more in base64 as all data of a Secret.
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
  if (stored === undefined) throw new Error(`Secret ${metadata?.name ?? ""} holds no release of Helm's`);
  return stored;
}

function decode(stored: string): StoredRelease {
  const zipped = Buffer.from(Buffer.from(stored, "base64").toString("ascii"), "base64");
  return JSON.parse(gunzipSync(zipped).toString("utf8")) as StoredRelease;
}

function encode(release: StoredRelease): string {
  return Buffer.from(gzipSync(JSON.stringify(release)).toString("base64")).toString("base64");
}
