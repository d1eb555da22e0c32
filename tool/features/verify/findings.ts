import { longhornNamespace } from "../../../components/longhorn";
import type { Asked } from "./asked";
import type { Finding } from "./finding";
import { nodeFindings } from "./node-findings";
import type { Seen } from "./seen";
import { existingFindings, settingFindings, unknownKeyFindings } from "./setting-findings";
import { volumeFindings } from "./volume-findings";

/** Everything that is not as it was asked for; `seen` is undefined where there is no Longhorn. */
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
  ];
}

const withoutLonghorn: Finding = {
  kind: "dropped",
  object: `namespaces/${longhornNamespace}`,
  reason: "there is no Longhorn: the API server does not know its objects",
  remedy: "see that the stack's kubeconfig and context name the right cluster: kubectl get crd settings.longhorn.io",
};

function classFindings({ storageClasses }: Asked, seen: Seen): Finding[] {
  return Object.entries(storageClasses).flatMap(([name, parameters]): Finding[] => {
    const object = `storageclasses.storage.k8s.io/${name}`;
    const found = seen.storageClasses[name];
    if (found === undefined) {
      return [{ kind: "dropped", object, reason: "it is not there", remedy: "pulumi up --refresh makes it again" }];
    }
    return Object.entries(parameters)
      .filter(([parameter, value]) => found[parameter] !== value)
      .map(([parameter, value]) => ({
        ...{ kind: "drifted" as const, object },
        asked: `${parameter}: ${value}`,
        seen: `${parameter}: ${found[parameter] ?? "nothing"}`,
        reason: "somebody made it anew with another parameter; new volumes are made with that",
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
    return [{ kind: "dropped", object, asked: backupTarget, seen: found?.url, reason, remedy: "pulumi up --refresh" }];
  }
  if (found.available) return [];
  const reason = `it is not available${found.message === "" ? "" : `: ${found.message}`}`;
  return [{ kind: "unhealthy", object, reason, remedy: "look at its URL and at the keys in its Secret" }];
}
