import { AppsV1Api, type KubeConfig, type V1Deployment } from "@kubernetes/client-node";
import { unlessAbsent } from "../../cluster/kubernetes";
import { asMergePatch, decidedPatch } from "../../cluster/optimistic-patch";
import { readGateways } from "../../cluster/store/store-in-cluster";

/**
 * Annotation of a gateway's Deployment that is at 0 replicas only until its volume is detached, so that whoever comes later can
 * put it back.
 */
export const scaledToZeroAnnotation = "longhorn-s3/scaled-to-zero";

/** What the annotation says. */
export interface ScaleMark {
  /** When, ISO 8601. */
  at: string;
  /** How many replicas it had. */
  replicas: number;
}

/** A gateway by its Deployment. */
export interface GatewayDeployment {
  namespace: string;
  name: string;
}

/** The Deployment's mark; undefined where it is not scaled to zero by `longhorn-s3`. */
export function scaleMarkOf({ metadata }: V1Deployment): ScaleMark | undefined {
  const text = metadata?.annotations?.[scaledToZeroAnnotation];
  if (text === undefined) return undefined;
  const [at = "", replicas = ""] = text.split(" ");
  // A gateway is one; somebody may have edited the annotation.
  return { at, replicas: /^\d+$/.test(replicas) ? Number(replicas) : 1 };
}

/**
 * Takes the gateway's pod away, and with it everybody who asks for its volume: Kubernetes waits longer after each attachment that it
 * tries in vain, and a new pod would have it try while the volume is still with the old node.
 *
 * @see ../../docs/operations.md
 */
export async function scaleToZero(config: KubeConfig, gateway: GatewayDeployment): Promise<void> {
  await changeScale(config, gateway, (deployment) => {
    const { replicas = 1 } = deployment.spec ?? {};
    if (replicas === 0 || scaleMarkOf(deployment) !== undefined) return undefined;
    return { replicas: 0, mark: `${new Date().toISOString()} ${replicas}` };
  });
}

/**
 * Takes back what `scaleToZero` did; one that others have scaled stays as it is.
 *
 * @returns whether it was scaled back now
 */
export function scaleBack(config: KubeConfig, gateway: GatewayDeployment): Promise<boolean> {
  return changeScale(config, gateway, (deployment) => {
    const mark = scaleMarkOf(deployment);
    if (mark === undefined) return undefined;
    const isAtZero = (deployment.spec?.replicas ?? 1) === 0;
    return { mark: null, ...(isAtZero && { replicas: mark.replicas }) };
  });
}

/** The gateways that `scaleToZero` has left at zero. */
export async function scaledToZero(config: KubeConfig): Promise<GatewayDeployment[]> {
  return (await readGateways(config))
    .filter((deployment) => scaleMarkOf(deployment) !== undefined)
    .map(({ metadata }) => ({ namespace: metadata?.namespace ?? "", name: metadata?.name ?? "" }));
}

interface ScaleChange {
  replicas?: number;
  mark: string | null;
}

function changeScale(
  config: KubeConfig,
  { namespace, name }: GatewayDeployment,
  decide: (deployment: V1Deployment) => ScaleChange | undefined,
): Promise<boolean> {
  const apps = config.makeApiClient(AppsV1Api);
  return decidedPatch({
    read: () => unlessAbsent(apps.readNamespacedDeployment({ namespace, name })),
    decide,
    patch: ({ replicas, mark }, resourceVersion) => {
      const metadata = { resourceVersion, annotations: { [scaledToZeroAnnotation]: mark } };
      const body = { metadata, ...(replicas !== undefined && { spec: { replicas } }) };
      return apps.patchNamespacedDeployment({ namespace, name, body }, asMergePatch);
    },
  });
}
