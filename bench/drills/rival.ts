import { AppsV1Api, CoreV1Api } from "@kubernetes/client-node";
import { kubeConfigOf } from "../../tool/cluster/connection";
import type { Sandbox } from "../../sandbox";
import { sandboxTarget, type DrillTarget } from "../../tool/drill/target";
import { settled } from "../../tool/drill/settled";
import { chartDefaults, rivalNamespace } from "./chart-defaults";

/** Deploys the rival on the sandbox of a store, and returns it as the target of a drill. */
export async function deployRival(sandbox: Sandbox): Promise<DrillTarget> {
  const config = kubeConfigOf({ kubeconfig: sandbox.kubeconfig });
  const [core, apps] = [config.makeApiClient(CoreV1Api), config.makeApiClient(AppsV1Api)];
  const { store } = await sandboxTarget(sandbox, {});
  const { namespace } = store;
  const [deployment, service, secret, claim] = await Promise.all([
    apps.readNamespacedDeployment({ namespace, name: store.deploymentName }),
    core.readNamespacedService({ namespace, name: store.serviceName }),
    core.readNamespacedSecret({ namespace, name: store.credentialsSecretName }),
    core.readNamespacedPersistentVolumeClaim({ namespace, name: store.persistentVolumeClaimName }),
  ]);
  const rival = chartDefaults({ deployment, service, secret, claim });
  const into = { namespace: rivalNamespace };
  await core.createNamespace({ body: { metadata: { name: rivalNamespace } } });
  await core.createNamespacedSecret({ ...into, body: rival.secret });
  await core.createNamespacedPersistentVolumeClaim({ ...into, body: rival.claim });
  await core.createNamespacedService({ ...into, body: rival.service });
  await apps.createNamespacedDeployment({ ...into, body: rival.deployment });
  const target = await bound(sandbox);
  await settled(config, target.store, new AbortController().signal);
  return target;
}

const bindLimitMs = 120_000;

/** Waits until the claim is bound, which the target requires. */
async function bound(sandbox: Sandbox): Promise<DrillTarget> {
  for (const deadline = Date.now() + bindLimitMs; ;) {
    try {
      return await sandboxTarget(sandbox, { namespace: rivalNamespace });
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
}
