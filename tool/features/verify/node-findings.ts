import type { Asked } from "./asked";
import type { Finding } from "./finding";
import type { Seen, SeenCondition, SeenDisk, SeenNode } from "./seen";

/** Nodes and disks that do not do what replicas need, and whether there are enough that do. */
export function nodeFindings(asked: Asked, { nodes }: Seen): Finding[] {
  return [
    ...nodes.flatMap((node) => [...conditionFindings(node), ...node.disks.flatMap((disk) => diskFindings(node, disk))]),
    ...replicaFindings(asked, nodes),
  ];
}

function conditionFindings({ name, conditions }: SeenNode): Finding[] {
  return conditions
    .filter(({ type, status }) => needed.includes(type) && status === "False")
    .map((condition) => ({
      ...{ kind: "unhealthy" as const, object: `nodes.longhorn.io/${name}` },
      reason: falseText(condition),
      remedy: remedies[condition.type] ?? `kubectl -n longhorn-system describe nodes.longhorn.io ${name}`,
    }));
}

const needed = ["Ready", "Schedulable", "MountPropagation", "RequiredPackages", "KernelModulesLoaded", "Multipathd"];

const remedies: Readonly<Record<string, string>> = {
  RequiredPackages: "install open-iscsi on the node and start iscsid",
  KernelModulesLoaded: "load iscsi_tcp on the node, and at its boot",
  Multipathd:
    "have multipathd leave Longhorn's devices alone: https://longhorn.io/kb/troubleshooting-volume-with-multipath/",
};

/** A disk that somebody has closed is closed on purpose. */
function diskFindings(node: SeenNode, { path, allowScheduling, conditions }: SeenDisk): Finding[] {
  if (!allowScheduling) return [];
  return conditions.filter(isFalse).map((condition) => ({
    ...{ kind: "unhealthy" as const, object: `nodes.longhorn.io/${node.name}` },
    reason: `its disk ${path} takes no replica: ${falseText(condition)}`,
    remedy: `make room on it, mount it again, or give the node another: kubectl -n longhorn-system describe nodes.longhorn.io ${node.name}`,
  }));
}

/** A replica shares its node with no other of its volume, so the nodes that take replicas are counted. */
function replicaFindings({ storageClasses }: Asked, nodes: readonly SeenNode[]): Finding[] {
  const usable = nodes.filter(takesReplicas).length;
  return Object.entries(storageClasses).flatMap(([name, { numberOfReplicas }]) => {
    const wished = Number(numberOfReplicas ?? 0);
    if (usable >= wished) return [];
    return [
      {
        ...{ kind: "unhealthy" as const, object: "nodes.longhorn.io" },
        reason:
          `${usable} of ${nodes.length} nodes have a disk that takes replicas, and StorageClass ${name} asks for ${wished} replicas: ` +
          "a volume has fewer, and a lost one is not replaced",
        remedy:
          "kubectl -n longhorn-system get nodes.longhorn.io; give a node a disk, or lower storageClass.numberOfReplicas",
      },
    ];
  });
}

function takesReplicas({ allowScheduling, conditions, disks }: SeenNode): boolean {
  const isUp = !conditions.some(({ type, status }) => ["Ready", "Schedulable"].includes(type) && status === "False");
  return isUp && allowScheduling && disks.some((disk) => disk.allowScheduling && !disk.conditions.some(isFalse));
}

const isFalse = ({ status }: SeenCondition): boolean => status === "False";

const falseText = ({ type, reason }: SeenCondition): string => `${type} is False${reason === "" ? "" : `: ${reason}`}`;
