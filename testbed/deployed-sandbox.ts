import type { Sandbox, SandboxAlarm } from "../sandbox";
import { parseStackOutputs, type StackOutputs, type StoreOutputs } from "../components/stack-reference/contract";
import { ClusterView } from "../tool/cluster/failover-watch/watches";
import { openDeployment, type Deployment } from "../tool/pulumi/workspace";
import { repositoryDirectory } from "../tool/repository";
import { createObjectClient, type ObjectClient } from "../tool/s3/client";
import { changeSettings, type StackConfig } from "./stack-settings";

/** A sandbox with a stack of the repository's program. */
export interface DeployedSandbox {
  sandbox: Sandbox;
  cluster: ClusterView;
  deployment: Deployment;
  /** Folder of everything that Pulumi writes about the stack. */
  stateDirectory: string;
  /** Current outputs of the stack. */
  outputs(): Promise<StackOutputs>;
  /** An S3 client for a bucket of one of the stores, through its Service. */
  client(store: string, bucket: string): Promise<ObjectClient & { createBucket(): Promise<void> }>;
  /** An S3 client that connects directly to one of the store's pods. */
  podClient(store: string, pod: string, bucket: string): Promise<ObjectClient>;
  /** Changes the stack's configuration. Returns a function that restores it. */
  configure(change: (config: StackConfig) => void): () => void;
  /** Alarms that the sandbox has raised since the stack was opened. */
  alarms(): Promise<SandboxAlarm[]>;
  remove(): Promise<void>;
}

// Suppresses the AWS SDK's notice about future Node versions.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

/** Port of radosgw in the pod. */
const gatewayPort = 7480;

/**
 * Opens the repository's stack on a running sandbox, without deploying it.
 *
 * @param remove called by `remove` of the result, after its clients are closed
 */
export async function openStackOn(
  sandbox: Sandbox,
  stateDirectory: string,
  remove: () => Promise<void>,
): Promise<DeployedSandbox> {
  const known = (await sandbox.alarms()).length;
  const deployment = await openDeployment({
    projectDirectory: repositoryDirectory,
    stateDirectory,
    binDirectory: sandbox.toolchain.binDirectory,
    values: { kubeconfig: sandbox.kubeconfig, context: "sandbox", chart: sandbox.chart },
  });
  const clients: ObjectClient[] = [];
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
    stateDirectory,
    outputs,
    client: (store, bucket) =>
      connect(store, bucket, ({ namespace, serviceName, servicePort }) =>
        sandbox.exposeService(namespace, serviceName, servicePort),
      ),
    podClient: (store, pod, bucket) =>
      connect(store, bucket, ({ namespace }) => sandbox.exposePod(namespace, pod, gatewayPort)),
    configure: (change) => changeSettings(deployment.settingsFile, change),
    alarms: async () => (await sandbox.alarms()).slice(known),
    async remove() {
      for (const client of clients) client.close();
      await remove();
    },
  };
}
