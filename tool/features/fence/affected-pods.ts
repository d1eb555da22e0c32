import type { V1PersistentVolumeClaim, V1Pod } from "@kubernetes/client-node";
import { selectorLabels } from "../../../components/gateway/selector-labels";
import { outOfServiceTaint, tolerates } from "../../../components/taints";
import { hasEnded } from "../../cluster/kubernetes";

/** Pod that the taint evicts from its node. */
export interface AffectedPod {
  namespace: string;
  name: string;
  uid: string;
  /** Name of the store whose gateway it is; undefined for other pods. */
  store?: string;
  /** Its PersistentVolumes; an unbound claim as `claim NAME`. */
  volumes: readonly string[];
}

/** Returns the pods of a node that the out-of-service taint evicts, by namespace and name. */
export function affectedPods(pods: readonly V1Pod[], claims: readonly V1PersistentVolumeClaim[]): AffectedPod[] {
  return pods
    .filter((pod) => !hasEnded(pod) && !isStatic(pod) && (isTerminating(pod) || !toleratesForEver(pod)))
    .map((pod) => affectedPod(pod, claims))
    .sort((one, other) => order(one).localeCompare(order(other)));
}

const order = ({ namespace, name }: AffectedPod): string => `${namespace}/${name}`;

/** Returns whether a pod is a mirror pod, which the API server cannot delete. */
function isStatic({ metadata }: V1Pod): boolean {
  return metadata?.annotations?.["kubernetes.io/config.mirror"] !== undefined;
}

export function isTerminating({ metadata }: V1Pod): boolean {
  return metadata?.deletionTimestamp !== undefined;
}

function toleratesForEver({ spec }: V1Pod): boolean {
  return (spec?.tolerations ?? []).some(
    (toleration) => toleration.tolerationSeconds === undefined && tolerates(toleration, outOfServiceTaint),
  );
}

function affectedPod(pod: V1Pod, claims: readonly V1PersistentVolumeClaim[]): AffectedPod {
  const { namespace = "", name = "", uid = "", labels = {} } = pod.metadata ?? {};
  const volumes = claimNames(pod).map(
    (claim) =>
      claims.find(({ metadata }) => metadata?.namespace === namespace && metadata.name === claim)?.spec?.volumeName ??
      `claim ${claim}`,
  );
  const store = labels["app.kubernetes.io/instance"];
  const isGateway =
    store !== undefined && Object.entries(selectorLabels(store)).every(([label, value]) => labels[label] === value);
  return { namespace, name, uid, ...(isGateway && { store }), volumes };
}

function claimNames({ metadata, spec }: V1Pod): string[] {
  return (spec?.volumes ?? []).flatMap(({ name, persistentVolumeClaim, ephemeral }) => {
    if (persistentVolumeClaim !== undefined) return [persistentVolumeClaim.claimName];
    return ephemeral === undefined ? [] : [`${metadata?.name ?? ""}-${name}`];
  });
}
