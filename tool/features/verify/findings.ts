import { longhornNamespace } from "../../../components/longhorn";
import { withoutUserInfo } from "../../secret-values";
import { powerOffText, type OnMissingNode } from "../../cluster/missing-nodes";
import type { Asked, AskedVolume } from "./asked";
import type { Finding } from "./finding";
import type { Seen, SeenCondition, SeenDisk, SeenNode, SeenVolume } from "./seen";
import { existingFindings, settingFindings, unknownKeyFindings } from "./setting-findings";

/** Returns all differences from the requested configuration; `seen` is undefined without Longhorn. */
export function verifyFindings(asked: Asked, seen: Seen | undefined): Finding[] {
  if (seen === undefined) return [withoutLonghorn];
  return [
    ...settingFindings(asked, seen),
    ...unknownKeyFindings(asked, seen),
    ...existingFindings(asked, seen),
    ...classFindings(asked, seen),
    ...targetFindings(asked, seen),
    ...nodeFindings(asked, seen),
    ...volumeFindings(asked, seen),
    ...seen.onMissingNodes.map(missingNodeFinding),
  ];
}

const withoutLonghorn: Finding = {
  kind: "dropped",
  object: `namespaces/${longhornNamespace}`,
  reason: "Longhorn is not installed: the API server does not have its resources",
  remedy:
    "check that the stack's kubeconfig and context select the right cluster: kubectl get crd settings.longhorn.io",
};

function missingNodeFinding({ object, node }: OnMissingNode): Finding {
  const reason = `it is on ${node}, whose Node object was deleted: Kubernetes moves the store without evidence that ${node} is powered off`;
  return { kind: "unhealthy", object, reason, remedy: powerOffText(node) };
}

function classFindings({ storageClasses }: Asked, seen: Seen): Finding[] {
  return Object.entries(storageClasses).flatMap(([name, parameters]): Finding[] => {
    const object = `storageclasses.storage.k8s.io/${name}`;
    const found = seen.storageClasses[name];
    if (found === undefined) {
      return [{ kind: "dropped", object, reason: "it does not exist", remedy: "pulumi up --refresh creates it again" }];
    }
    return Object.entries(parameters)
      .filter(([parameter, value]) => found[parameter] !== value)
      .map(([parameter, value]) => ({
        kind: "drifted" as const,
        object,
        asked: `${parameter}: ${value}`,
        seen: `${parameter}: ${found[parameter] ?? "nothing"}`,
        reason: "it was recreated with another parameter, which applies to new volumes",
        remedy: "pulumi up --refresh",
      }));
  });
}

function targetFindings({ backupTarget }: Asked, { backupTargets }: Seen): Finding[] {
  if (backupTarget === undefined) return [];
  const object = "backuptargets.longhorn.io/default";
  const found = backupTargets.find(({ name }) => name === "default");
  if (found === undefined || found.url !== backupTarget) {
    const reason = "Longhorn has another backup target";
    const seen = found && withoutUserInfo(found.url);
    const asked = withoutUserInfo(backupTarget);
    return [{ kind: "dropped", object, asked, seen, reason, remedy: "pulumi up --refresh" }];
  }
  if (found.available) return [];
  const reason = `it is not available${found.message === "" ? "" : `: ${found.message}`}`;
  return [{ kind: "unhealthy", object, reason, remedy: "check its URL and the keys in its Secret" }];
}

/** Returns the findings about nodes and disks that cannot hold replicas, and about their number. */
function nodeFindings(asked: Asked, { nodes, namespace }: Seen): Finding[] {
  const kubectl = `kubectl -n ${namespace}`;
  return [
    ...nodes.flatMap((node) => [
      ...conditionFindings(node, kubectl),
      ...node.disks.flatMap((disk) => diskFindings(node, disk, kubectl)),
    ]),
    ...replicaFindings(asked, nodes, kubectl),
  ];
}

function conditionFindings({ name, conditions }: SeenNode, kubectl: string): Finding[] {
  return conditions
    .filter(({ type, status }) => needed.includes(type) && status === "False")
    .map((condition) => ({
      kind: "unhealthy" as const,
      object: `nodes.longhorn.io/${name}`,
      reason: falseText(condition),
      remedy: remedies[condition.type] ?? `${kubectl} describe nodes.longhorn.io ${name}`,
    }));
}

const needed = ["Ready", "Schedulable", "MountPropagation", "RequiredPackages", "KernelModulesLoaded", "Multipathd"];

const remedies: Readonly<Record<string, string>> = {
  RequiredPackages: "install open-iscsi on the node and start iscsid",
  KernelModulesLoaded: "load iscsi_tcp on the node, and at its boot",
  Multipathd:
    "exclude Longhorn's devices from multipathd: https://longhorn.io/kb/troubleshooting-volume-with-multipath/",
};

/** Returns the findings about disks. A disk with scheduling disabled was disabled on purpose. */
function diskFindings(node: SeenNode, { path, allowScheduling, conditions }: SeenDisk, kubectl: string): Finding[] {
  if (!allowScheduling) return [];
  return conditions.filter(isFalse).map((condition) => ({
    kind: "unhealthy" as const,
    object: `nodes.longhorn.io/${node.name}`,
    reason: `its disk ${path} accepts no replica: ${falseText(condition)}`,
    remedy: `free space on it, mount it again, or add another disk: ${kubectl} describe nodes.longhorn.io ${node.name}`,
  }));
}

/** Counts the nodes for replicas, because replicas of a volume do not share a node. */
function replicaFindings({ storageClasses }: Asked, nodes: readonly SeenNode[], kubectl: string): Finding[] {
  const usable = nodes.filter(takesReplicas).length;
  return Object.entries(storageClasses).flatMap(([name, { numberOfReplicas }]) => {
    const wished = Number(numberOfReplicas ?? 0);
    if (usable >= wished) return [];
    return [
      {
        kind: "unhealthy" as const,
        object: "nodes.longhorn.io",
        reason:
          `${usable} of ${nodes.length} nodes have a disk for replicas, and StorageClass ${name} requests ${wished} replicas: ` +
          "a volume has fewer, and a failed one is not replaced",
        remedy: `${kubectl} get nodes.longhorn.io; add a disk to a node, or lower storageClass.numberOfReplicas`,
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

/** Returns the findings about the volumes of the stack's stores, from the claim to the replicas. */
function volumeFindings(asked: Asked, seen: Seen): Finding[] {
  const kubectl = `kubectl -n ${seen.namespace}`;
  return asked.volumes.flatMap((volume) => {
    const { numberOfReplicas } = asked.storageClasses[volume.storageClass ?? ""] ?? {};
    const found = seen.volumes.find(({ claim }) => claim === volume.claim);
    return [
      ...claimFindings(volume, seen),
      ...(found === undefined
        ? []
        : [
            ...wishedFindings(found, numberOfReplicas, kubectl),
            ...healthFindings(found, kubectl),
            ...placeFindings(found),
          ]),
    ];
  });
}

function claimFindings({ claim, accessMode }: AskedVolume, { claims }: Seen): Finding[] {
  const [namespace = "", name = ""] = claim.split("/");
  const object = `persistentvolumeclaims/${name}`;
  const found = claims.find((one) => one.claim === claim);
  if (found === undefined) {
    const remedy =
      "before the next up, which would create an empty one: find its volume with kubectl get pv, and set it as volume.existing";
    return [{ kind: "dropped", object, reason: `it does not exist in namespace ${namespace}`, remedy }];
  }
  if (found.phase !== "Bound") {
    const reason = `it is ${found.phase} and has no volume, in namespace ${namespace}`;
    return [{ kind: "unhealthy", object, reason, remedy: `kubectl -n ${namespace} describe pvc ${name}` }];
  }
  if (accessMode === undefined || found.accessModes.includes(accessMode)) return [];
  const reason = `it was recreated with another access mode, in namespace ${namespace}`;
  const remedy = "check that its volume is the right one; pulumi refresh adopts the claim as it is";
  return [{ kind: "drifted", object, asked: accessMode, seen: found.accessModes.join(", "), reason, remedy }];
}

/** Compares the number of replicas. A StorageClass only affects new volumes. */
function wishedFindings({ name, claim, replicas }: SeenVolume, asked: string | undefined, kubectl: string): Finding[] {
  if (asked === undefined || Number(asked) === replicas) return [];
  const object = `volumes.longhorn.io/${name}`;
  const patch = JSON.stringify({ spec: { numberOfReplicas: Number(asked) } });
  return [
    {
      kind: "drifted" as const,
      object,
      asked: `numberOfReplicas: ${asked}`,
      seen: `numberOfReplicas: ${replicas}`,
      reason: `the volume of ${claim} was created before its StorageClass requested that, or was changed`,
      remedy: `to apply it: ${kubectl} patch ${object} --type merge -p '${patch}'`,
    },
  ];
}

/** Checks the health. The robustness of a detached volume is `unknown`, and its replicas are stopped. */
function healthFindings({ name, claim, robustness, replicas, running }: SeenVolume, kubectl: string): Finding[] {
  if (!["degraded", "faulted"].includes(robustness)) return [];
  return [
    {
      kind: "unhealthy" as const,
      object: `volumes.longhorn.io/${name}`,
      reason:
        robustness === "faulted"
          ? `the volume of ${claim} has no working replica`
          : `the volume of ${claim} has ${running.length} of its ${replicas} replicas intact or being rebuilt: another loss may cause a loss of data`,
      remedy: `${kubectl} get replicas.longhorn.io -l longhornvolume=${name}`,
    },
  ];
}

function placeFindings({ name, claim, running }: SeenVolume): Finding[] {
  const shared = [...new Set(running.filter((node, index) => running.indexOf(node) !== index))];
  return shared.map((node) => ({
    kind: "unhealthy" as const,
    object: `volumes.longhorn.io/${name}`,
    reason: `several replicas of the volume of ${claim} are on node ${node}: its loss affects all of them`,
    remedy:
      "check that replica-soft-anti-affinity is false and that another node has space; then remove one of them in Longhorn's UI, " +
      "and Longhorn rebuilds it elsewhere",
  }));
}
