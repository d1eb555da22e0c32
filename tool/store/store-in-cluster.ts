import {
  AppsV1Api,
  CoreV1Api,
  type KubeConfig,
  type V1Deployment,
  type V1PersistentVolumeClaim,
} from "@kubernetes/client-node";
import { selectorLabels } from "../../components/gateway/selector-labels";
import { taintsBeforeProof } from "../../components/fencing/agent";
import { OnNodeFailure } from "../../components/failover/args";
import { ExitCode, ToolError } from "../exit-codes";

/** A store as the cluster has it, whoever deployed it. */
export interface StoreInCluster {
  namespace: string;
  /** Name of its Service and its Deployment. */
  name: string;
  serviceName: string;
  servicePort: number;
  deploymentName: string;
  persistentVolumeClaimName: string;
  /** Picks its pods, as kubectl's `--selector` takes it. */
  podSelector: string;
  /** The PersistentVolume. */
  volume: string;
  /** Longhorn's name of the volume: another one where the PersistentVolume was made by hand, or from a backup. */
  longhornVolume: string;
  accessMode: string;
  /** Name of the Secret with the first user's keys. */
  credentialsSecretName: string;
  failover: FailoverInCluster;
}

/** The failover decision, as the pod's own tolerations say. */
export interface FailoverInCluster {
  onNodeFailure: OnNodeFailure;
  /** Seconds that the pod stays with a node that is not ready; undefined where it stays for ever. */
  evictAfterSeconds?: number;
  terminationGracePeriodSeconds: number;
}

/** Picks the gateways of all stores. */
export const gatewaySelector = Object.entries(selectorLabels(""))
  .filter(([, value]) => value !== "")
  .map(([label, value]) => `${label}=${value}`)
  .join(",");

/**
 * All stores of a cluster, or of one namespace of it.
 *
 * @throws ToolError where a store is not whole, as while it is deployed
 */
export async function readStores(config: KubeConfig, namespace?: string): Promise<StoreInCluster[]> {
  const core = config.makeApiClient(CoreV1Api);
  const gateways = await readGateways(config, namespace);
  return Promise.all(gateways.map((deployment) => storeOf(core, deployment)));
}

/** The Deployments of all gateways of a cluster, or of one namespace of it. */
export async function readGateways(config: KubeConfig, namespace?: string): Promise<V1Deployment[]> {
  const apps = config.makeApiClient(AppsV1Api);
  const selected = { labelSelector: gatewaySelector };
  const { items } = await (namespace === undefined
    ? apps.listDeploymentForAllNamespaces(selected)
    : apps.listNamespacedDeployment({ namespace, ...selected }));
  return items;
}

/**
 * The store that is meant: the one of that name, or the only one.
 *
 * @throws ToolError where there is none, or where there are several and none is named
 */
export async function readStore(
  config: KubeConfig,
  { namespace, name }: { namespace?: string; name?: string },
): Promise<StoreInCluster> {
  const stores = await readStores(config, namespace);
  const meant = name === undefined ? stores : stores.filter((store) => store.name === name);
  const [only, second] = meant;
  if (only !== undefined && second === undefined) return only;
  const there = stores.map((store) => `${store.namespace}/${store.name}`).join(", ") || "none";
  const wanted = name === undefined ? "one store" : `a store "${name}"`;
  const context = config.getCurrentContext();
  const message =
    only === undefined
      ? `There is no such store: wanted is ${wanted}${namespace === undefined ? "" : ` in namespace ${namespace}`}, context ${context} has: ${there}.`
      : `It is not clear which store is meant: context ${context} has ${there}. Say it with --namespace and --store.`;
  throw new ToolError(message, ExitCode.Refused);
}

/**
 * The store of a gateway's Deployment.
 *
 * @throws ToolError where it is not whole, as while it is deployed
 */
export async function storeOf(core: CoreV1Api, deployment: V1Deployment): Promise<StoreInCluster> {
  const { name = "", namespace = "" } = deployment.metadata ?? {};
  const { selector, template } = deployment.spec ?? { selector: {}, template: {} };
  const claimName = template.spec?.volumes?.find(({ persistentVolumeClaim }) => persistentVolumeClaim)
    ?.persistentVolumeClaim?.claimName;
  const secretName = template.spec?.containers[0]?.env?.find(({ valueFrom }) => valueFrom?.secretKeyRef)?.valueFrom
    ?.secretKeyRef?.name;
  if (claimName === undefined || secretName === undefined) {
    throw new ToolError(
      `Deployment ${namespace}/${name} has the labels of a gateway of longhorn-s3, but no claim or no Secret of one.`,
      ExitCode.Refused,
    );
  }
  const [service, claim] = await Promise.all([
    core.readNamespacedService({ namespace, name }),
    core.readNamespacedPersistentVolumeClaim({ namespace, name: claimName }),
  ]);
  return {
    ...{ namespace, name, serviceName: name, deploymentName: name, persistentVolumeClaimName: claimName },
    servicePort: service.spec?.ports?.[0]?.port ?? 80,
    podSelector: Object.entries(selector.matchLabels ?? {})
      .map(([label, value]) => `${label}=${value}`)
      .join(","),
    ...(await volumeOf(core, claim)),
    credentialsSecretName: secretName,
    failover: failoverOf(deployment),
  };
}

async function volumeOf(
  core: CoreV1Api,
  { metadata, spec }: V1PersistentVolumeClaim,
): Promise<Pick<StoreInCluster, "volume" | "longhornVolume" | "accessMode">> {
  if (spec?.volumeName === undefined) {
    throw new ToolError(
      `Claim ${metadata?.namespace ?? ""}/${metadata?.name ?? ""} is bound to no volume: kubectl describe pvc says why.`,
      ExitCode.Refused,
    );
  }
  const { volumeName: volume } = spec;
  const { spec: persistent } = await core.readPersistentVolume({ name: volume });
  return { volume, longhornVolume: persistent?.csi?.volumeHandle ?? volume, accessMode: spec.accessModes?.[0] ?? "" };
}

/** What the components have made of `failover`, read back from the pod's template. */
export function failoverOf({ spec }: V1Deployment): FailoverInCluster {
  const { tolerations = [], terminationGracePeriodSeconds = 30 } = spec?.template.spec ?? {};
  const silent = tolerations.find(({ key }) => key === "node.kubernetes.io/unreachable");
  const common = { terminationGracePeriodSeconds };
  // Kubernetes gives a pod without such a toleration one of 300 s.
  if (silent === undefined) return { ...common, onNodeFailure: OnNodeFailure.AssumeDead, evictAfterSeconds: 300 };
  if (silent.tolerationSeconds !== undefined) {
    return { ...common, onNodeFailure: OnNodeFailure.AssumeDead, evictAfterSeconds: silent.tolerationSeconds };
  }
  const awaitsProof = taintsBeforeProof.every((taint) => tolerations.some(({ key }) => key === taint));
  return { ...common, onNodeFailure: awaitsProof ? OnNodeFailure.Fence : OnNodeFailure.Wait };
}
