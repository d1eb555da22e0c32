import type { V1PersistentVolume, V1Pod } from "@kubernetes/client-node";
import { hasEnded } from "../../cluster/kubernetes";
import type { VolumeAtStake } from "../guards/volume-at-stake";
import { longhornDriver, type LonghornVolume } from "../../cluster/longhorn";

/** Volumes of a cluster, and the workloads that use them. */
export interface VolumeFacts {
  longhornNamespace: string;
  /** Longhorn volumes; empty without Longhorn. */
  volumes: readonly LonghornVolume[];
  persistentVolumes: readonly V1PersistentVolume[];
  /** Pods of all namespaces. */
  pods: readonly V1Pod[];
}

/** Planned deletions. */
export interface Deletion {
  /** Claims, as `namespace/name`. */
  claims: readonly string[];
  /** Whether Longhorn is uninstalled, with all its volumes. */
  uninstallsLonghorn: boolean;
}

/**
 * Returns the use of each affected volume and the effect on it, those of others first. If Longhorn stays, only the volumes of
 * deleted claims are affected.
 */
export function volumesAtStake(
  { longhornNamespace, volumes, persistentVolumes, pods }: VolumeFacts,
  { claims, uninstallsLonghorn }: Deletion,
): VolumeAtStake[] {
  return volumes
    .map((volume): VolumeAtStake => {
      const persistent = persistentVolumeOf(volume, persistentVolumes);
      const isBound = persistent?.status?.phase === "Bound";
      const claim = claimOf(persistent);
      const { metadata, spec, status } = volume;
      const { state = "" } = status ?? {};
      const isOwn = isBound && claim !== undefined && claims.includes(claim);
      const isUsed = isBound || usedStates.includes(state);
      const isKept = !uninstallsLonghorn && persistent?.spec?.persistentVolumeReclaimPolicy !== "Delete";
      return {
        use: isOwn ? "own" : isUsed ? "in-use" : "left",
        volume: metadata.name,
        ...(persistent?.metadata?.name !== undefined && { persistentVolume: persistent.metadata.name }),
        ...(claim !== undefined && { claim }),
        name: isBound && claim !== undefined ? claim : `${longhornNamespace}/${metadata.name}`,
        sizeBytes: Number(spec?.size ?? 0),
        state,
        workloads: isBound && claim !== undefined ? workloadsOf(claim, pods) : [],
        fate: isKept ? "kept" : "deleted",
      };
    })
    .filter(({ use }) => uninstallsLonghorn || use === "own")
    .sort((one, other) => order.indexOf(one.use) - order.indexOf(other.use) || one.name.localeCompare(other.name));
}

/** States in which a volume is in use without a bound claim, for example by a backup or from Longhorn's UI. */
const usedStates = ["attached", "attaching"];

const order: readonly VolumeAtStake["use"][] = ["in-use", "left", "own"];

/** Returns the bound one of several PersistentVolumes, for example of an existing volume that was given a new one. */
function persistentVolumeOf(
  { metadata }: LonghornVolume,
  persistentVolumes: readonly V1PersistentVolume[],
): V1PersistentVolume | undefined {
  const those = persistentVolumes.filter(
    ({ spec }) => spec?.csi?.driver === longhornDriver && spec.csi.volumeHandle === metadata.name,
  );
  return those.find(({ status }) => status?.phase === "Bound") ?? those[0];
}

function claimOf(persistent: V1PersistentVolume | undefined): string | undefined {
  const { namespace, name } = persistent?.spec?.claimRef ?? {};
  return namespace === undefined || name === undefined ? undefined : `${namespace}/${name}`;
}

/** Returns the workloads, without pods that have ended. */
function workloadsOf(claim: string, pods: readonly V1Pod[]): string[] {
  const using = pods.filter((pod) => !hasEnded(pod) && claimsOf(pod).includes(claim));
  return [...new Set(using.map(workloadOf))].sort();
}

function claimsOf({ metadata, spec }: V1Pod): string[] {
  const { namespace = "", name: pod = "" } = metadata ?? {};
  return (spec?.volumes ?? []).flatMap(({ name, persistentVolumeClaim, ephemeral }) => {
    if (persistentVolumeClaim) return [`${namespace}/${persistentVolumeClaim.claimName}`];
    // Kubernetes names the claim of an ephemeral volume so.
    return ephemeral ? [`${namespace}/${pod}-${name}`] : [];
  });
}

/** Returns the owner of the pod; for a ReplicaSet, its Deployment. */
function workloadOf({ metadata }: V1Pod): string {
  const { name = "", labels = {}, ownerReferences = [] } = metadata ?? {};
  const owner = ownerReferences.find(({ controller }) => controller === true);
  if (owner === undefined) return `Pod ${name}`;
  const suffix = `-${labels["pod-template-hash"] ?? ""}`;
  return owner.kind === "ReplicaSet" && suffix !== "-" && owner.name.endsWith(suffix)
    ? `Deployment ${owner.name.slice(0, -suffix.length)}`
    : `${owner.kind} ${owner.name}`;
}
