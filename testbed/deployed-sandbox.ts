import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { changeSettings, type StackConfig } from "./stack-settings";
import { startSandbox, type Sandbox } from "../sandbox";
import { parseStackOutputs, type StackOutputs, type StoreOutputs } from "../stacks/outputs";
import { openDeploymentOn } from "../tool/features/demo/deploy-store";
import type { Deployment } from "../tool/pulumi/deployment";
import { createObjectClient, type ObjectClient } from "../tool/s3/client";
import { ClusterView } from "../tool/cluster/failover-watch/watches";

/** A sandbox of its own with the repository's program on it. */
export interface DeployedSandbox {
  sandbox: Sandbox;
  cluster: ClusterView;
  deployment: Deployment;
  /** The stack's outputs as they are now. */
  outputs(): Promise<StackOutputs>;
  /** An S3 client for a bucket of one of the stores, through its Service. */
  client(store: string, bucket: string): Promise<ObjectClient & { createBucket(): Promise<void> }>;
  /** The same, but straight to one of the store's pods. */
  podClient(store: string, pod: string, bucket: string): Promise<ObjectClient>;
  /** Changes the stack's configuration; keys without the project's name. What comes back puts it as it was. */
  configure(change: (config: StackConfig) => void): () => void;
  remove(): Promise<void>;
}

// The AWS SDK would put a notice about future Node versions between the tests.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

/** Where radosgw listens. */
const gatewayPort = 7480;

/** A folder of a test's own with a short path. */
export const shortDirectory = (): string => mkdtempSync("/tmp/lhs3-");

/** Starts a sandbox and opens the repository's stack on it; nothing is deployed yet. */
export async function prepareSandbox(): Promise<DeployedSandbox> {
  const parent = shortDirectory();
  const sandbox = await startSandbox({ directory: join(parent, "sandbox") });
  const clients: ObjectClient[] = [];
  try {
    const deployment = await openDeploymentOn(sandbox);
    const outputs = async (): Promise<StackOutputs> => parseStackOutputs(await deployment.outputs());
    const connect = async (
      store: string,
      bucket: string,
      expose: (found: StoreOutputs) => Promise<{ url: string }>,
    ): Promise<ReturnType<typeof createObjectClient>> => {
      const { stores, credentials } = await outputs();
      const [found, keys] = [stores[store], credentials[store]];
      if (!found || !keys) throw new Error(`the stack has no store "${store}"`);
      const { url } = await expose(found);
      const client = createObjectClient({ url, credentials: keys, bucket });
      clients.push(client);
      return client;
    };
    return {
      sandbox,
      cluster: new ClusterView(sandbox.kubeconfig),
      deployment,
      outputs,
      client: (store, bucket) =>
        connect(store, bucket, ({ namespace, serviceName, servicePort }) =>
          sandbox.exposeService(namespace, serviceName, servicePort),
        ),
      podClient: (store, pod, bucket) =>
        connect(store, bucket, ({ namespace }) => sandbox.exposePod(namespace, pod, gatewayPort)),
      configure: (change) => changeSettings(deployment.settingsFile, change),
      async remove() {
        for (const client of clients) client.close();
        await sandbox.stop();
        rmSync(parent, { recursive: true });
      },
    };
  } catch (error) {
    await sandbox.stop();
    throw error;
  }
}
