import {
  AppsV1Api,
  CoreV1Api,
  type KubeConfig,
  type V1Deployment,
  type V1PersistentVolumeClaim,
} from "@kubernetes/client-node";
import { policyOfPod, type PodFailover } from "../../../components/failover/pod";
import { selectorLabels } from "../../../components/gateway/selector-labels";
import { unlessAbsent } from "../kubernetes";
import { ExitCode, ToolError } from "../../errors";

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
  failover: PodFailover;
}

/** Picks the gateways of all stores. */
export const gatewaySelector = Object.entries(selectorLabels(""))
  .filter(([, value]) => value !== "")
  .map(([label, value]) => `${label}=${value}`)
  .join(",");

/** The Deployments of all gateways of a cluster, or of one namespace of it. */
export async function readGateways(config: KubeConfig, namespace?: string): Promise<V1Deployment[]> {
  const apps = config.makeApiClient(AppsV1Api);
  const selected = { labelSelector: gatewaySelector };
  const { items } = await (namespace === undefined
    ? apps.listDeploymentForAllNamespaces(selected)
    : apps.listNamespacedDeployment({ namespace, ...selected }));
  return items;
}

/** Which store of a cluster is meant; the only one where nothing is said. */
export interface StoreChoice {
  namespace?: string;
  /** Of its Service and its Deployment. */
  name?: string;
  /** Of a stack: only one of these, as `namespace/name`. */
  among?: readonly string[];
}

/**
 * The store that is meant: the one of that name, or the only one. Others may be in whatever state.
 *
 * @throws ToolError where there is none, where there are several and none is named, or where it is not whole, as while it is deployed
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
      ? `There is no such store: wanted is ${wanted}${namespace === undefined ? "" : ` in namespace ${namespace}`}, ${where} has: ${there}.`
      : `It is not clear which store is meant: ${where} has ${there}. Say it with --namespace and --store.`;
  throw new ToolError(message, ExitCode.Refused);
}

const pathOf = ({ metadata }: V1Deployment): string => `${metadata?.namespace ?? ""}/${metadata?.name ?? ""}`;

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
    unlessAbsent(core.readNamespacedService({ namespace, name })),
    unlessAbsent(core.readNamespacedPersistentVolumeClaim({ namespace, name: claimName })),
  ]);
  if (service === undefined || claim === undefined) {
    const absent = service === undefined ? `Service ${namespace}/${name}` : `claim ${namespace}/${claimName}`;
    throw new ToolError(
      `Store ${namespace}/${name} is not whole: ${absent} is not there. pulumi up --refresh makes it again.`,
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
      `Claim ${metadata?.namespace ?? ""}/${metadata?.name ?? ""} is bound to no volume: kubectl describe pvc says why.`,
      ExitCode.Refused,
    );
  }
  const { volumeName: volume } = spec;
  const { spec: persistent } = await core.readPersistentVolume({ name: volume });
  return { volume, longhornVolume: persistent?.csi?.volumeHandle ?? volume, accessMode: spec.accessModes?.[0] ?? "" };
}
