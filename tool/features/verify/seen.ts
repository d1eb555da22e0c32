import { CoreV1Api, StorageV1Api, type KubeConfig } from "@kubernetes/client-node";
import { isApiError } from "../../cluster/kubernetes";
import { listLonghorn, readLonghornNamespace } from "../../cluster/longhorn";
import { onMissingNodes, type OnMissingNode } from "../../cluster/missing-nodes";
import { gatewaySelector } from "../../cluster/store/store-in-cluster";

/** Current state of Longhorn and Kubernetes. */
export interface Seen {
  /** Namespace of Longhorn. */
  namespace: string;
  /** Settings by name. */
  settings: Readonly<Record<string, SeenSetting>>;
  storageClasses: Readonly<Record<string, Readonly<Record<string, string>>>>;
  backupTargets: readonly { name: string; url: string; available: boolean; message: string }[];
  /** Nodes of Longhorn. */
  nodes: readonly SeenNode[];
  /** Claims of the stack's namespaces, as `namespace/name`. */
  claims: readonly { claim: string; phase: string; accessModes: readonly string[] }[];
  /** Volumes of Longhorn. */
  volumes: readonly SeenVolume[];
  /** Objects of the stack's stores on nodes without a Node object. */
  onMissingNodes: readonly OnMissingNode[];
}

export interface SeenSetting {
  value: string;
  /** False while Longhorn defers the setting. */
  applied: boolean;
}

export interface SeenNode {
  name: string;
  conditions: readonly SeenCondition[];
  /** False if scheduling was disabled. */
  allowScheduling: boolean;
  disks: readonly SeenDisk[];
}

export interface SeenDisk {
  path: string;
  /** False if scheduling was disabled. */
  allowScheduling: boolean;
  conditions: readonly SeenCondition[];
}

export interface SeenCondition {
  type: string;
  status: string;
  reason: string;
}

export interface SeenVolume {
  name: string;
  /** Claim, as `namespace/name`. */
  claim: string;
  robustness: string;
  /** Desired number of replicas. */
  replicas: number;
  /** Nodes of the replicas that have not failed, one entry per replica. */
  running: readonly string[];
}

interface LonghornObject {
  metadata: { name: string };
  value?: string;
  spec?: {
    backupTargetURL?: string;
    numberOfReplicas?: number;
    allowScheduling?: boolean;
    disks?: Record<string, { path?: string; allowScheduling?: boolean }>;
    volumeName?: string;
    nodeID?: string;
    failedAt?: string;
  };
  status?: {
    applied?: boolean;
    available?: boolean;
    robustness?: string;
    conditions?: LonghornCondition[];
    diskStatus?: Record<string, { conditions?: LonghornCondition[] }>;
    kubernetesStatus?: { namespace?: string; pvcName?: string };
  };
}

interface LonghornCondition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
}

/** Reads Longhorn's objects, the StorageClasses and the claims of the namespaces; undefined without Longhorn. */
export async function readLonghorn(config: KubeConfig, namespaces: readonly string[]): Promise<Seen | undefined> {
  const list = (plural: string): Promise<LonghornObject[]> => listLonghorn(config, plural);
  const core = config.makeApiClient(CoreV1Api);
  try {
    const storage = config.makeApiClient(StorageV1Api);
    const [settings, targets, nodes, volumes, replicas, classes, claims, missing] = await Promise.all([
      list("settings"),
      list("backuptargets"),
      list("nodes"),
      list("volumes"),
      list("replicas"),
      storage.listStorageClass(),
      Promise.all(namespaces.map((namespace) => core.listNamespacedPersistentVolumeClaim({ namespace }))),
      Promise.all([
        core.listNode(),
        storage.listVolumeAttachment(),
        Promise.all(
          namespaces.map((namespace) => core.listNamespacedPod({ namespace, labelSelector: gatewaySelector })),
        ),
      ]),
    ]);
    const [kubernetesNodes, attachments, pods] = missing;
    const claimed = claims.flatMap(({ items }) => items.map(({ spec }) => spec?.volumeName));
    return {
      namespace: await readLonghornNamespace(config),
      settings: Object.fromEntries(settings.map(settingOf)),
      storageClasses: Object.fromEntries(
        classes.items.map(({ metadata, parameters = {} }) => [metadata?.name ?? "", parameters]),
      ),
      backupTargets: targets.map(targetOf),
      nodes: nodes.map(nodeOf),
      claims: claims.flatMap(({ items }) =>
        items.map(({ metadata, status }) => ({
          claim: `${metadata?.namespace ?? ""}/${metadata?.name ?? ""}`,
          phase: status?.phase ?? "Pending",
          accessModes: status?.accessModes ?? [],
        })),
      ),
      volumes: volumes.map((volume) => volumeOf(volume, replicas)),
      onMissingNodes: onMissingNodes(
        kubernetesNodes.items,
        pods.flatMap(({ items }) => items),
        attachments.items.filter(({ spec }) => claimed.includes(spec.source.persistentVolumeName)),
      ),
    };
  } catch (error) {
    // Lists of a kind that is there are empty at worst.
    if (isApiError(error, 404)) return undefined;
    throw error;
  }
}

function settingOf({ metadata, value = "", status }: LonghornObject): [string, SeenSetting] {
  return [metadata.name, { value, applied: status?.applied ?? true }];
}

function targetOf({ metadata, spec, status }: LonghornObject): Seen["backupTargets"][number] {
  const message = status?.conditions?.find((condition) => condition.status === "True")?.message ?? "";
  return { name: metadata.name, url: spec?.backupTargetURL ?? "", available: status?.available ?? false, message };
}

function nodeOf({ metadata, spec, status }: LonghornObject): SeenNode {
  return {
    name: metadata.name,
    conditions: conditionsOf(status),
    allowScheduling: spec?.allowScheduling ?? true,
    disks: Object.entries(spec?.disks ?? {}).map(([name, { path = name, allowScheduling = true }]) => ({
      path,
      allowScheduling,
      conditions: conditionsOf(status?.diskStatus?.[name]),
    })),
  };
}

function conditionsOf(status: { conditions?: LonghornCondition[] } | undefined): SeenCondition[] {
  return (status?.conditions ?? []).map(({ type, status: is, reason = "" }) => ({ type, status: is, reason }));
}

function volumeOf({ metadata, spec, status }: LonghornObject, replicas: readonly LonghornObject[]): SeenVolume {
  const { namespace = "", pvcName = "" } = status?.kubernetesStatus ?? {};
  const own = replicas.filter((replica) => replica.spec?.volumeName === metadata.name);
  return {
    name: metadata.name,
    claim: `${namespace}/${pvcName}`,
    robustness: status?.robustness ?? "unknown",
    replicas: spec?.numberOfReplicas ?? 0,
    running: own.flatMap(({ spec: replica }) => (replica?.nodeID && !replica.failedAt ? [replica.nodeID] : [])),
  };
}
