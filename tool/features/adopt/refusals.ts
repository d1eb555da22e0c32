import { longhornNamespace } from "../../../components/longhorn";
import { upgradeViolations } from "../../../components/longhorn/upgrade";
import { isVersion } from "../../../components/longhorn/version";
import { violationText } from "../../../components/validation/violations";
import type { StoredRelease } from "../../cluster/helm-records";
import type { PlannedLonghorn } from "./planned";
import type { SeenLonghorn } from "./seen";
import { isSecretValue } from "../../secret-values";
import { leaves } from "./differences";

/** Why a release cannot be adopted, in sentences that say what to do; none where it can. */
export function adoptRefusals(stack: string, planned: PlannedLonghorn, seen: SeenLonghorn): string[] {
  const { release, owner } = seen;
  const { name = "longhorn" } = planned.release.inputs as { name?: string };
  if (owner !== undefined) {
    return [
      `Longhorn in ${longhornNamespace} is managed by ${owner.name}, which would revert what this stack changes. To hand it over: ` +
        `${owner.release}. Or leave it there, and use it with existingLonghorn: docs/adopt.md`,
    ];
  }
  if (release === undefined) {
    const others = seen.releases.length === 0 ? "none" : seen.releases.join(", ");
    return [
      `There is no Helm release ${longhornNamespace}/${name}, and only one of that name in that namespace can be adopted; Helm's releases here: ` +
        `${others}. A Longhorn from elsewhere is used with existingLonghorn: docs/adopt.md`,
    ];
  }
  return [
    ...chartRefusals(release),
    ...statusRefusals(stack, release),
    ...versionRefusals(planned, release),
    ...secretRefusals(release),
  ];
}

function chartRefusals({ chart, namespace, name }: StoredRelease): string[] {
  if (chart.metadata.name === "longhorn") return [];
  return [
    `Helm release ${namespace}/${name} is of chart ${chart.metadata.name}, not of longhorn: nothing of it is taken over`,
  ];
}

function statusRefusals(stack: string, { info, namespace, name, version }: StoredRelease): string[] {
  if (info.status === "deployed") return [];
  return [
    `Helm release ${namespace}/${name} is "${info.status}" in revision ${version}, and only one that is "deployed" can be adopted: ` +
      `helm -n ${namespace} status ${name} says why, longhorn-s3 repair --stack ${stack} mends what an interrupted operation left`,
  ];
}

/** An `up` would refuse it, but only when it is adopted already. */
function versionRefusals({ release }: PlannedLonghorn, { chart }: StoredRelease): string[] {
  const { version } = release.inputs as { version?: string };
  if (version === undefined || !isVersion(version)) return [];
  return upgradeViolations({ version: chart.metadata.version }, version).map((violation) =>
    violationText({
      ...violation,
      field: "longhorn.version",
      fixes: violation.fixes.map((fix) => ({ ...fix, field: "longhorn.version" })),
    }).trim(),
  );
}

/** An import puts all values of a release into the stack's state, in the clear. */
function secretRefusals({ namespace, name, config }: StoredRelease): string[] {
  const secrets = secretValues(config ?? {});
  if (secrets.length === 0) return [];
  return [
    `Helm release ${namespace}/${name} holds what is secret in its values (${secrets.join(", ")}), and an import would put it into the stack's ` +
      "state in the clear: give it to the release as a Secret first, docs/adopt.md has the two commands",
  ];
}

/** Paths of a release's secret values; the backup target's URL may be one. */
function secretValues({ defaultSettings, ...values }: Readonly<Record<string, unknown>>): string[] {
  const settings =
    typeof defaultSettings === "object" && defaultSettings !== null ? Object.entries(defaultSettings) : [];
  return [
    ...Object.entries(leaves(values)),
    ...settings.map(([key, value]): [string, unknown] => [`defaultSettings.${key}`, value]),
  ]
    .filter(([path, value]) => isSecretValue(path, value))
    .map(([path]) => path);
}
