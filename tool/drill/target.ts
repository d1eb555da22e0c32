import { CoreV1Api, KubeConfig } from "@kubernetes/client-node";
import { credentialKeys } from "../../components/gateway/credentials-args";
import type { Sandbox } from "../../sandbox";
import type { Cluster } from "../cluster/connection";
import { ExitCode, ToolError } from "../errors";
import { createObjectClient, type DrillClient, type Patience } from "../s3/client";
import { readStore, type StoreChoice, type StoreInCluster } from "../cluster/store/store-in-cluster";

/** Subject of a drill: a store, its URL for clients, and the nodes that may fail. */
export interface DrillTarget {
  config: KubeConfig;
  store: StoreInCluster;
  url: string;
  /** Absent on a real cluster. */
  sandbox?: Sandbox;
  /** Flags that name this cluster on the command line. */
  reachedBy: readonly string[];
  /** Flags by which a later drill reaches this cluster, or a similar one if this one is removed. */
  repeatedBy: readonly string[];
  /** Returns an S3 client of the store's first user. */
  client(bucket: string, patience: Patience, url?: string): DrillClient;
}

/**
 * Returns a store of a running sandbox.
 *
 * @param repeatedBy flags of a later drill; those of this sandbox if absent
 */
export async function sandboxTarget(
  sandbox: Sandbox,
  choice: StoreChoice,
  repeatedBy?: readonly string[],
): Promise<DrillTarget> {
  const config = new KubeConfig();
  config.loadFromFile(sandbox.kubeconfig);
  const store = await readStore(config, choice);
  const { url } = await sandbox.exposeService(store.namespace, store.serviceName, store.servicePort);
  const reachedBy = ["--directory", sandbox.directory];
  return targetOf({ config, store, url, sandbox, reachedBy, repeatedBy: repeatedBy ?? reachedBy });
}

/**
 * Returns a store of any cluster.
 *
 * @param url URL of the store for clients
 */
export async function clusterTarget(
  { config, reachedBy }: Cluster,
  choice: StoreChoice,
  url: string,
): Promise<DrillTarget> {
  const store = await readStore(config, choice);
  const flags = [...reachedBy, "--url", url];
  return targetOf({ config, store, url, reachedBy: flags, repeatedBy: flags });
}

async function targetOf(place: Omit<DrillTarget, "client">): Promise<DrillTarget> {
  const credentials = await readCredentials(place.config, place.store);
  return {
    ...place,
    client: (bucket, patience, url = place.url) => createObjectClient({ url, credentials, bucket }, patience),
  };
}

/** Reads the keys, which are only passed to the S3 clients. */
async function readCredentials(
  config: KubeConfig,
  { namespace, credentialsSecretName: name }: StoreInCluster,
): Promise<{ accessKeyId: string; secretAccessKey: string }> {
  const { data = {} } = await config.makeApiClient(CoreV1Api).readNamespacedSecret({ namespace, name });
  const [, accessKey = "", secretKey = ""] = credentialKeys;
  const [accessKeyId, secretAccessKey] = [data[accessKey], data[secretKey]].map(
    (encoded) => encoded && Buffer.from(encoded, "base64").toString("utf8"),
  );
  if (!accessKeyId || !secretAccessKey) {
    throw new ToolError(`Secret ${namespace}/${name} lacks ${accessKey} or ${secretKey}.`, ExitCode.Refused);
  }
  return { accessKeyId, secretAccessKey };
}
