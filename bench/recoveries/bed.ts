import { type Sandbox, type SandboxProfile } from "../../sandbox";
import { parseStackOutputs, type StoreCredentials, type StoreOutputs } from "../../components/stack-reference/contract";
import { openDeploymentOn } from "../../tool/features/demo/deploy-store";
import { ClusterView } from "../../tool/cluster/failover-watch/watches";
import { changeSettings } from "../../testbed/stack-settings";
import { startTestSandbox } from "../../testbed/test-sandbox";
import { recoveryCases, type RecoveryCaseName } from "./cases";
import { DeadNodes } from "./dead-nodes";

/** A sandbox with one store, for repeated failures of its node. */
export interface Bed {
  caseName: RecoveryCaseName;
  sandbox: Sandbox;
  cluster: ClusterView;
  nodes: DeadNodes;
  store: StoreOutputs;
  credentials: StoreCredentials;
  /** URL of the store's Service outside of the cluster. */
  url: string;
  remove(): Promise<void>;
}

const storeName = "photos";

/** Starts a sandbox and deploys the store of a case. */
export async function openBed(caseName: RecoveryCaseName, profile: SandboxProfile): Promise<Bed> {
  const { sandbox, remove } = await startTestSandbox({ profile });
  try {
    const deployment = await openDeploymentOn(sandbox);
    configure(deployment.settingsFile, caseName);
    await deployment.up();
    const { stores, credentials } = parseStackOutputs(await deployment.outputs());
    const [store, keys] = [stores[storeName], credentials[storeName]];
    if (store === undefined || keys === undefined) throw new Error(`the stack has no store "${storeName}"`);
    const { url } = await sandbox.exposeService(store.namespace, store.serviceName, store.servicePort);
    const cluster = new ClusterView(sandbox.kubeconfig);
    return {
      ...{ caseName, sandbox, cluster, nodes: new DeadNodes(sandbox.kubeconfig), store, credentials: keys, url },
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

function configure(settingsFile: string, caseName: RecoveryCaseName): void {
  const { failover, accessMode, podDeletionPolicy } = recoveryCases[caseName];
  changeSettings(settingsFile, (config) => {
    Object.assign(config.longhorn, { podDeletionPolicy });
    config.stores = { [storeName]: { volume: { size: "1Gi", accessMode }, failover } };
  });
}
