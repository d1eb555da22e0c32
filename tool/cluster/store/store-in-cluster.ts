import {
  AppsV1Api,
  CoreV1Api,
  type KubeConfig,
  type V1Deployment,
  type V1PersistentVolumeClaim,
  type V1Pod,
} from "@kubernetes/client-node";
import { policyOfPod, type PodFailover } from "../../../components/failover/pod";
import { selectorLabels } from "../../../components/gateway/selector-labels";
import { unlessAbsent } from "../kubernetes";
import { ExitCode, ToolError } from "../../errors";

/** Store in a cluster, regardless of how it was deployed. */
export interface StoreInCluster {
  namespace: string;
  /** Name of its Service and its Deployment. */
  name: string;
  serviceName: string;
  servicePort: number;
  deploymentName: string;
  persistentVolumeClaimName: string;
  /** Selector of its pods, as for kubectl's `--selector`. */
  podSelector: string;
  /** Name of the PersistentVolume. */
  volume: string;
  /** Name of Longhorn's volume, which differs if the PersistentVolume was created manually or from a backup. */
  longhornVolume: string;
  accessMode: string;
  /** Name of the Secret with the first user's keys. */
  credentialsSecretName: string;
  failover: PodFailover;
}

/** Selector of the gateways of all stores. */
export const gatewaySelector = Object.entries(selectorLabels(""))
  .filter(([, value]) => value !== "")
  .map(([label, value]) => `${label}=${value}`)
  .join(",");

/** Returns the Deployments of all gateways of a cluster, or of one namespace. */
export async function readGateways(config: KubeConfig, namespace?: string): Promise<V1Deployment[]> {
  const apps = config.makeApiClient(AppsV1Api);
  const selected = { labelSelector: gatewaySelector };
  const { items } = await (namespace === undefined
    ? apps.listDeploymentForAllNamespaces(selected)
    : apps.listNamespacedDeployment({ namespace, ...selected }));
  return items;
}

/** Selection of a store; the only one by default. */
export interface StoreChoice {
  namespace?: string;
  /** Name of its Service and its Deployment. */
  name?: string;
  /** For a stack: only one of these, as `namespace/name`. */
  among?: readonly string[];
}

/**
 * Returns the selected store: that of the name, or the only one. The state of others does not matter.
 *
 * @throws ToolError if there is none, if there are several and none is named, or if it is incomplete, for example during its
 * deployment
 */
export async function readStore(config: KubeConfig, { namespace, name, among }: StoreChoice): Promise<StoreInCluster> {
  const gateways = (await readGateways(config, namespace)).filter(
    (gateway) => among === undefined || among.includes(pathOf(gateway)),
  );
  const meant = name === undefined ? gateways : gateways.filter(({ metadata }) => metadata?.name === name);
  const [only, second] = meant;
  if (only !== undefined && second === undefined) return storeOf(config.makeApiClient(CoreV1Api), only);
  const there = gateways.map(pathOf).join(", ") || "none";
  const wanted = name === undefined ? "one store" : `a store "${name}"`;
  const where = `${among === undefined ? "" : "of the stack's stores "}context ${config.getCurrentContext()}`;
  const message =
    only === undefined
      ? `The store does not exist: requested ${wanted}${namespace === undefined ? "" : ` in namespace ${namespace}`}, ${where} has: ${there}.`
      : `The store is ambiguous: ${where} has ${there}. Select one with --namespace and --store.`;
  throw new ToolError(message, ExitCode.Refused);
}

const pathOf = ({ metadata }: V1Deployment): string => `${metadata?.namespace ?? ""}/${metadata?.name ?? ""}`;

/**
 * Returns the store of a gateway's Deployment.
 *
 * @throws ToolError if it is incomplete, for example during its deployment
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
      `Deployment ${namespace}/${name} has the labels of a gateway of longhorn-s3, but no claim or no Secret.`,
      ExitCode.Refused,
    );
  }
  const [service, claim] = await Promise.all([
    unlessAbsent(core.readNamespacedService({ namespace, name })),
    unlessAbsent(core.readNamespacedPersistentVolumeClaim({ namespace, name: claimName })),
  ]);
  if (service === undefined || claim === undefined) {
    const absent = service === undefined ? `Service ${namespace}/${name}` : `claim ${namespace}/${claimName}`;
    throw new ToolError(
      `Store ${namespace}/${name} is incomplete: ${absent} does not exist. pulumi up --refresh creates it again.`,
      ExitCode.Refused,
    );
  }
  return {
    ...{ namespace, name, serviceName: name, deploymentName: name, persistentVolumeClaimName: claimName },
    servicePort: service.spec?.ports?.[0]?.port ?? 80,
    podSelector: Object.entries(selector.matchLabels ?? {})
      .map(([label, value]) => `${label}=${value}`)
      .join(","),
    ...(await volumeOf(core, claim)),
    credentialsSecretName: secretName,
    failover: policyOfPod(template.spec ?? {}),
  };
}

async function volumeOf(
  core: CoreV1Api,
  { metadata, spec }: V1PersistentVolumeClaim,
): Promise<Pick<StoreInCluster, "volume" | "longhornVolume" | "accessMode">> {
  if (spec?.volumeName === undefined) {
    throw new ToolError(
      `Claim ${metadata?.namespace ?? ""}/${metadata?.name ?? ""} is not bound. See kubectl describe pvc.`,
      ExitCode.Refused,
    );
  }
  const { volumeName: volume } = spec;
  const { spec: persistent } = await core.readPersistentVolume({ name: volume });
  return { volume, longhornVolume: persistent?.csi?.volumeHandle ?? volume, accessMode: spec.accessModes?.[0] ?? "" };
}

/** Returns whether a pod belongs to the store's gateway. */
export function isPodOf({ metadata }: V1Pod, store: Pick<StoreInCluster, "namespace" | "podSelector">): boolean {
  const labels = metadata?.labels ?? {};
  const selected = store.podSelector.split(",").every((pair) => {
    const [key = "", value] = pair.split("=");
    return labels[key] === value;
  });
  return selected && metadata?.namespace === store.namespace;
}
