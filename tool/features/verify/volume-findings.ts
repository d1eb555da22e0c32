import type { Asked, AskedVolume } from "./asked";
import type { Finding } from "./finding";
import type { Seen, SeenVolume } from "./seen";

/** What is wrong with the volumes of the stack's stores, from the claim down to the replicas. */
export function volumeFindings(asked: Asked, seen: Seen): Finding[] {
  return asked.volumes.flatMap((volume) => {
    const { numberOfReplicas } = asked.storageClasses[volume.storageClass ?? ""] ?? {};
    const found = seen.volumes.find(({ claim }) => claim === volume.claim);
    return [
      ...claimFindings(volume, seen),
      ...(found === undefined
        ? []
        : [...wishedFindings(found, numberOfReplicas), ...healthFindings(found), ...placeFindings(found)]),
    ];
  });
}

function claimFindings({ claim, accessMode }: AskedVolume, { claims }: Seen): Finding[] {
  const [namespace = "", name = ""] = claim.split("/");
  const object = `persistentvolumeclaims/${name}`;
  const found = claims.find((one) => one.claim === claim);
  if (found === undefined) {
    const remedy =
      "before the next up, which would make an empty one: look for its volume with kubectl get pv, and give it as volume.existing";
    return [{ kind: "dropped", object, reason: `there is no such claim in namespace ${namespace}`, remedy }];
  }
  if (found.phase !== "Bound") {
    const reason = `it is ${found.phase} and has no volume, in namespace ${namespace}`;
    return [{ kind: "unhealthy", object, reason, remedy: `kubectl -n ${namespace} describe pvc ${name}` }];
  }
  if (accessMode === undefined || found.accessModes.includes(accessMode)) return [];
  const reason = `somebody made the claim anew with another access mode, in namespace ${namespace}`;
  const remedy = "see that its volume is the right one; pulumi refresh takes the claim over as it is";
  return [{ kind: "drifted", object, asked: accessMode, seen: found.accessModes.join(", "), reason, remedy }];
}

/** A StorageClass acts on new volumes only. */
function wishedFindings({ name, claim, replicas }: SeenVolume, asked: string | undefined): Finding[] {
  if (asked === undefined || Number(asked) === replicas) return [];
  const object = `volumes.longhorn.io/${name}`;
  const patch = JSON.stringify({ spec: { numberOfReplicas: Number(asked) } });
  return [
    {
      ...{ kind: "drifted" as const, object },
      ...{ asked: `numberOfReplicas: ${asked}`, seen: `numberOfReplicas: ${replicas}` },
      reason: `the volume of ${claim} was made before its StorageClass asked for that, or somebody changed it`,
      remedy: `to have it as asked: kubectl -n longhorn-system patch ${object} --type merge -p '${patch}'`,
    },
  ];
}

/** A volume that nobody uses says `unknown`, and its replicas are stopped. */
function healthFindings({ name, claim, robustness, replicas, running }: SeenVolume): Finding[] {
  if (!["degraded", "faulted"].includes(robustness)) return [];
  return [
    {
      ...{ kind: "unhealthy" as const, object: `volumes.longhorn.io/${name}` },
      reason:
        robustness === "faulted"
          ? `the volume of ${claim} has no replica that works`
          : `the volume of ${claim} has ${running.length} of its ${replicas} replicas whole or being rebuilt: another loss may be one too many`,
      remedy: `kubectl -n longhorn-system get replicas.longhorn.io -l longhornvolume=${name}`,
    },
  ];
}

function placeFindings({ name, claim, running }: SeenVolume): Finding[] {
  const shared = [...new Set(running.filter((node, index) => running.indexOf(node) !== index))];
  return shared.map((node) => ({
    ...{ kind: "unhealthy" as const, object: `volumes.longhorn.io/${name}` },
    reason: `several replicas of the volume of ${claim} are on node ${node}: its loss takes them all`,
    remedy:
      "see that replica-soft-anti-affinity is false and that another node has room; then remove one of them in Longhorn's UI, " +
      "and Longhorn builds it elsewhere",
  }));
}
