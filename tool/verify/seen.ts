import { CustomObjectsApi, StorageV1Api, type KubeConfig } from "@kubernetes/client-node";
import { longhornNamespace } from "../../components/longhorn";

/** What Longhorn and Kubernetes say. */
export interface Seen {
  /** By the settings' names. */
  settings: Readonly<Record<string, SeenSetting>>;
  storageClasses: Readonly<Record<string, Readonly<Record<string, string>>>>;
  backupTargets: readonly { name: string; url: string; available: boolean; message: string }[];
  nodes: readonly { name: string; conditions: readonly SeenCondition[] }[];
  /** Volumes with their claims, as `namespace/name`. */
  volumes: readonly SeenVolume[];
}

export interface SeenSetting {
  value: string;
  /** False as long as Longhorn waits with it. */
  applied: boolean;
}

export interface SeenCondition {
  type: string;
  status: string;
  reason: string;
}

export interface SeenVolume {
  name: string;
  claim: string;
  robustness: string;
  replicas: number;
}

interface LonghornObject {
  metadata: { name: string };
  value?: string;
  spec?: { backupTargetURL?: string; numberOfReplicas?: number };
  status?: {
    applied?: boolean;
    available?: boolean;
    robustness?: string;
    conditions?: { type: string; status: string; reason?: string; message?: string }[];
    kubernetesStatus?: { namespace?: string; pvcName?: string };
  };
}

/** Reads Longhorn's objects and the StorageClasses. */
export async function readLonghorn(config: KubeConfig): Promise<Seen> {
  const custom = config.makeApiClient(CustomObjectsApi);
  const list = async (plural: string): Promise<LonghornObject[]> => {
    const place = { group: "longhorn.io", version: "v1beta2", namespace: longhornNamespace, plural };
    return ((await custom.listNamespacedCustomObject(place)) as { items: LonghornObject[] }).items;
  };
  const [settings, targets, nodes, volumes, classes] = await Promise.all([
    list("settings"),
    list("backuptargets"),
    list("nodes"),
    list("volumes"),
    config.makeApiClient(StorageV1Api).listStorageClass(),
  ]);
  return {
    settings: Object.fromEntries(settings.map(settingOf)),
    storageClasses: Object.fromEntries(
      classes.items.map(({ metadata, parameters = {} }) => [metadata?.name ?? "", parameters]),
    ),
    backupTargets: targets.map(targetOf),
    nodes: nodes.map(({ metadata, status }) => ({
      name: metadata.name,
      conditions: (status?.conditions ?? []).map(({ type, status: is, reason = "" }) => ({ type, status: is, reason })),
    })),
    volumes: volumes.map(volumeOf),
  };
}

function settingOf({ metadata, value = "", status }: LonghornObject): [string, SeenSetting] {
  return [metadata.name, { value, applied: status?.applied ?? true }];
}

function targetOf({ metadata, spec, status }: LonghornObject): Seen["backupTargets"][number] {
  const message = status?.conditions?.find((condition) => condition.status === "True")?.message ?? "";
  return { name: metadata.name, url: spec?.backupTargetURL ?? "", available: status?.available ?? false, message };
}

function volumeOf({ metadata, spec, status }: LonghornObject): SeenVolume {
  const { namespace = "", pvcName = "" } = status?.kubernetesStatus ?? {};
  return {
    name: metadata.name,
    claim: `${namespace}/${pvcName}`,
    robustness: status?.robustness ?? "unknown",
    replicas: spec?.numberOfReplicas ?? 0,
  };
}
