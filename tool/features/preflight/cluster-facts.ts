import { ApiextensionsV1Api, CoreV1Api, StorageV1Api, VersionApi, type KubeConfig } from "@kubernetes/client-node";
import { unlessAbsent, isReady } from "../../cluster/kubernetes";
import { listLonghorn, readLonghornNamespace, readLonghornSetting } from "../../cluster/longhorn";
import type { Taint } from "../../../components/taints";
import { longhornNamespace } from "../../../components/longhorn";

/** State of a cluster before a deployment. */
export interface ClusterFacts {
  context: string;
  server: string;
  /** Version, such as `v1.36.3`. */
  version: string;
  nodes: readonly NodeFacts[];
  /** Labels of Longhorn's namespace; undefined if it does not exist. */
  namespaceLabels?: Readonly<Record<string, string>>;
  /** Version of the existing Longhorn; undefined if there is none. */
  longhornVersion?: string;
  /** Namespace of the existing Longhorn; undefined if there is none. */
  longhornNamespace?: string;
  /** Conditions of Longhorn's nodes that are False, as `node: type (reason)`. */
  nodeProblems: readonly string[];
  storageClasses: readonly string[];
  customResourceDefinitions: readonly string[];
}

/** State of a node. */
export interface NodeFacts {
  name: string;
  ready: boolean;
  /** Whether the node is not cordoned. */
  schedulable: boolean;
  /** Taints of the node that repel pods without a toleration. */
  taints: readonly Taint[];
}

/** Effects of taints that repel a gateway and Longhorn's pods. */
const blockingEffects = ["NoSchedule", "NoExecute"];

/** Conditions of Longhorn's nodes that report missing requirements. */
const requirements = [
  "RequiredPackages",
  "KernelModulesLoaded",
  "MountPropagation",
  "Multipathd",
  "NFSClientInstalled",
];

/** Reads the facts through the config's current context. */
export async function readClusterFacts(config: KubeConfig): Promise<ClusterFacts> {
  const core = config.makeApiClient(CoreV1Api);
  const [version, nodes, namespace, classes, definitions, longhorn] = await Promise.all([
    config.makeApiClient(VersionApi).getCode(),
    core.listNode(),
    unlessAbsent(core.readNamespace({ name: longhornNamespace })),
    config.makeApiClient(StorageV1Api).listStorageClass(),
    config.makeApiClient(ApiextensionsV1Api).listCustomResourceDefinition(),
    readLonghorn(config),
  ]);
  return {
    context: config.getCurrentContext(),
    server: config.getCurrentCluster()?.server ?? "",
    version: version.gitVersion,
    nodes: nodes.items.map(({ metadata, spec, status }) => ({
      name: metadata?.name ?? "",
      ready: isReady({ status }),
      schedulable: spec?.unschedulable !== true,
      taints: (spec?.taints ?? []).filter(({ effect }) => blockingEffects.includes(effect)),
    })),
    ...(namespace && { namespaceLabels: namespace.metadata?.labels ?? {} }),
    ...longhorn,
    storageClasses: classes.items.map(({ metadata }) => metadata?.name ?? ""),
    customResourceDefinitions: definitions.items.map(({ metadata }) => metadata?.name ?? ""),
  };
}

interface LonghornNode {
  metadata: { name: string };
  status?: { conditions?: { type: string; status: string; reason?: string }[] };
}

async function readLonghorn(
  config: KubeConfig,
): Promise<Pick<ClusterFacts, "longhornVersion" | "longhornNamespace" | "nodeProblems">> {
  const version = await unlessAbsent(readLonghornSetting(config, "current-longhorn-version"));
  if (version === undefined || version === "") return { nodeProblems: [] };
  const items = await listLonghorn<LonghornNode>(config, "nodes");
  const nodeProblems = items.flatMap(({ metadata, status }) =>
    (status?.conditions ?? [])
      .filter((condition) => requirements.includes(condition.type) && condition.status === "False")
      .map(({ type, reason = "" }) => `${metadata.name}: ${type}${reason === "" ? "" : ` (${reason})`}`),
  );
  return {
    longhornVersion: version.replace(/^v/, ""),
    longhornNamespace: await readLonghornNamespace(config),
    nodeProblems,
  };
}
