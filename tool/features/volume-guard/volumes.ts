import type { V1PersistentVolume, V1Pod } from "@kubernetes/client-node";
import { hasEnded } from "../../cluster/kubernetes";
import type { VolumeAtStake } from "../guards/volume-at-stake";
import { longhornDriver, type LonghornVolume } from "../../cluster/longhorn";

/** What a cluster has of volumes and of who uses them. */
export interface VolumeFacts {
  longhornNamespace: string;
  /** Longhorn's; none where there is no Longhorn. */
  volumes: readonly LonghornVolume[];
  persistentVolumes: readonly V1PersistentVolume[];
  /** Pods of all namespaces. */
  pods: readonly V1Pod[];
}

/** What an operation is going to delete. */
export interface Deletion {
  /** Claims, as `namespace/name`. */
  claims: readonly string[];
  /** Whether Longhorn goes, and with it each volume that it has. */
  uninstallsLonghorn: boolean;
}

/**
 * Says of each volume that an operation touches whose it is and what becomes of it, those of others first. Where Longhorn stays, these
 * are the volumes of deleted claims alone.
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

/** Somebody uses a volume in these states though no claim is bound to it, such as a backup, or a person by Longhorn's page. */
const usedStates = ["attached", "attaching"];

const order: readonly VolumeAtStake["use"][] = ["in-use", "left", "own"];

/** Of several, as when an existing volume was given a new PersistentVolume, the one that is bound. */
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

/** Pods that have ended use nothing. */
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

/** What has made the pod, where that is something; of a ReplicaSet, its Deployment. */
function workloadOf({ metadata }: V1Pod): string {
  const { name = "", labels = {}, ownerReferences = [] } = metadata ?? {};
  const owner = ownerReferences.find(({ controller }) => controller === true);
  if (owner === undefined) return `Pod ${name}`;
  const suffix = `-${labels["pod-template-hash"] ?? ""}`;
  return owner.kind === "ReplicaSet" && suffix !== "-" && owner.name.endsWith(suffix)
    ? `Deployment ${owner.name.slice(0, -suffix.length)}`
    : `${owner.kind} ${owner.name}`;
}
