import { longhornNamespace } from "../../../components/longhorn";
import { upgradeViolations } from "../../../components/longhorn/upgrade";
import { isVersion } from "../../../components/longhorn/version";
import { violationText } from "../../../components/validation/violations";
import type { StoredRelease } from "../../cluster/helm-records";
import type { PlannedLonghorn } from "./planned";
import type { SeenLonghorn } from "./seen";
import { isSecretValue } from "../../secret-values";
import { leaves } from "./differences";

/** Returns the reasons why a release cannot be adopted, each with its fix; empty if it can. */
export function adoptRefusals(stack: string, planned: PlannedLonghorn, seen: SeenLonghorn): string[] {
  const { release, owner } = seen;
  const { name = "longhorn" } = planned.release.inputs as { name?: string };
  if (owner !== undefined) {
    return [
      `Longhorn in ${longhornNamespace} is managed by ${owner.name}, which would revert the changes of this stack. To release it from there: ` +
        `${owner.release}. Or leave it there, and use it with existingLonghorn: docs/adopt.md`,
    ];
  }
  if (release === undefined) {
    const others = seen.releases.length === 0 ? "none" : seen.releases.join(", ");
    return [
      `Helm release ${longhornNamespace}/${name} does not exist, and only that one can be adopted. Existing releases: ` +
        `${others}. To use a Longhorn of another origin, set existingLonghorn: docs/adopt.md`,
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
  return [`Helm release ${namespace}/${name} is of chart ${chart.metadata.name}, not of longhorn`];
}

function statusRefusals(stack: string, { info, namespace, name, version }: StoredRelease): string[] {
  if (info.status === "deployed") return [];
  return [
    `Helm release ${namespace}/${name} is "${info.status}" in revision ${version}, expected "deployed": ` +
      `helm -n ${namespace} status ${name} shows the reason, longhorn-s3 repair --stack ${stack} repairs the state left by an interrupted operation`,
  ];
}

/** Refuses a version that `up` would refuse, but only after the adoption. */
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

/** Refuses secret values, because an import writes all values of a release to the stack's state as plain text. */
function secretRefusals({ namespace, name, config }: StoredRelease): string[] {
  const secrets = secretValues(config ?? {});
  if (secrets.length === 0) return [];
  return [
    `Helm release ${namespace}/${name} has secrets in its values (${secrets.join(", ")}), and an import would write them to the stack's ` +
      "state as plain text: move them to a Secret first; docs/adopt.md has the two commands",
  ];
}

/** Returns the paths of a release's secret values. The URL of the backup target may be one. */
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
