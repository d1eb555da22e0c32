import { settingNamed } from "../../components/longhorn/settings/table";
import type { Asked } from "./asked";
import type { Seen } from "./seen";
import { isDefault, meanSame } from "./setting-values";

/** Something that is not as it was asked for, or not as a store needs it. */
export interface Finding {
  /**
   * `dropped`: it never arrived; `waiting`: Longhorn has it and does not use it yet; `drifted`: somebody changed it; `unhealthy`: it is
   * as asked, and does not work.
   */
  kind: "dropped" | "waiting" | "drifted" | "unhealthy";
  /** Kind and name of the object, as kubectl takes them. */
  object: string;
  asked?: string;
  seen?: string;
  reason: string;
  /** What to do. */
  remedy: string;
}

/** Everything that is not as it was asked for. */
export function verifyFindings(asked: Asked, seen: Seen): Finding[] {
  return [
    ...settingFindings(asked, seen),
    ...classFindings(asked, seen),
    ...targetFindings(asked, seen),
    ...nodeFindings(seen),
    ...volumeFindings(asked, seen),
  ];
}

function settingFindings({ settings }: Asked, seen: Seen): Finding[] {
  return Object.entries(settings).flatMap(([name, text]): Finding[] => {
    const setting = settingNamed(name);
    const found = seen.settings[name];
    const object = `settings.longhorn.io/${name}`;
    if (setting === undefined) return [];
    if (found === undefined) {
      const reason = "this Longhorn does not know it";
      return [
        { kind: "dropped", object, asked: text, reason, remedy: "take it out of longhorn.settings or longhorn.values" },
      ];
    }
    const both = { object, asked: text, seen: found.value };
    if (meanSame(setting, text, found.value)) {
      if (found.applied) return [];
      const reason = setting.waitsForDetached
        ? "Longhorn takes it over only when no volume is attached"
        : "Longhorn has not taken it over yet";
      const remedy = setting.waitsForDetached
        ? "scale every workload on Longhorn down for a moment, or wait for a maintenance"
        : "look again in a minute";
      return [{ kind: "waiting", ...both, reason, remedy }];
    }
    if (isDefault(setting, found.value)) {
      const reason =
        "it has Longhorn's own default: the manager has not taken it over, or refused it, which only its log says";
      const remedy = "kubectl -n longhorn-system logs -l app=longhorn-manager | grep -i setting";
      return [{ kind: "dropped", ...both, reason, remedy }];
    }
    const reason = "somebody changed it; Longhorn puts it back when a manager starts or the chart's settings change";
    const patch = `kubectl -n longhorn-system patch ${object} --type merge -p '${JSON.stringify({ value: text })}'`;
    return [{ kind: "drifted", ...both, reason, remedy: `to have it as asked: ${patch}` }];
  });
}

function classFindings({ storageClasses }: Asked, seen: Seen): Finding[] {
  return Object.entries(storageClasses).flatMap(([name, parameters]): Finding[] => {
    const object = `storageclasses.storage.k8s.io/${name}`;
    const found = seen.storageClasses[name];
    if (found === undefined)
      return [{ kind: "dropped", object, reason: "it is not there", remedy: "pulumi up --refresh makes it again" }];
    return Object.entries(parameters).flatMap(([parameter, value]) =>
      found[parameter] === value
        ? []
        : [
            {
              ...{
                kind: "drifted" as const,
                object,
                asked: `${parameter}: ${value}`,
                seen: `${parameter}: ${found[parameter] ?? "nothing"}`,
              },
              reason: "somebody made it anew with another parameter; new volumes are made with that",
              remedy: "pulumi up --refresh",
            },
          ],
    );
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

function nodeFindings({ nodes }: Seen): Finding[] {
  return nodes.flatMap(({ name, conditions }) =>
    conditions
      .filter(({ type, status }) => needed.includes(type) && status === "False")
      .map(({ type, reason }) => ({
        ...{ kind: "unhealthy" as const, object: `nodes.longhorn.io/${name}` },
        reason: `${type} is False${reason === "" ? "" : `: ${reason}`}`,
        remedy: remedies[type] ?? `kubectl -n longhorn-system describe nodes.longhorn.io ${name}`,
      })),
  );
}

const needed = ["Ready", "Schedulable", "MountPropagation", "RequiredPackages", "KernelModulesLoaded", "Multipathd"];

const remedies: Readonly<Record<string, string>> = {
  RequiredPackages: "install open-iscsi on the node and start iscsid",
  KernelModulesLoaded: "load iscsi_tcp on the node, and at its boot",
  Multipathd:
    "have multipathd leave Longhorn's devices alone: https://longhorn.io/kb/troubleshooting-volume-with-multipath/",
};

function volumeFindings({ claims }: Asked, { volumes }: Seen): Finding[] {
  return volumes
    .filter(({ claim, robustness }) => claims.includes(claim) && ["degraded", "faulted"].includes(robustness))
    .map(({ name, claim, robustness, replicas }) => ({
      ...{ kind: "unhealthy" as const, object: `volumes.longhorn.io/${name}` },
      reason:
        robustness === "faulted"
          ? `the volume of ${claim} has no replica that works`
          : `the volume of ${claim} has fewer than its ${replicas} replicas: another loss may be one too many`,
      remedy: `kubectl -n longhorn-system get replicas.longhorn.io -l longhornvolume=${name}`,
    }));
}
