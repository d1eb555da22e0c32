import type * as pulumi from "@pulumi/pulumi";
import { updateHook } from "../update-hook";
import { refuse, type Violation } from "../validation/violations";
import { isAtLeast, isSameMinor, isVersion, minorOf } from "./version";

/**
 * Returns a hook that refuses an unsupported upgrade of Longhorn, as early as in the preview. Only a hook has access to the old
 * version.
 */
export function upgradeHook(name: string, version: string): pulumi.ResourceHook[] {
  return updateHook(`${name}-upgrade`, ({ oldOutputs }) => {
    refuse(`Longhorn "${name}"`, upgradeViolations(recordedRelease(oldOutputs), version));
  });
}

/** Last revision of a Helm release. */
export interface RecordedRelease {
  /** Version of the chart. */
  version?: string | undefined;
  /** Status of the revision, such as `deployed` or `failed`. */
  status?: string | undefined;
}

/**
 * Returns the violations of an upgrade: Longhorn supports one minor version at a time, and no downgrade. Its own pre-upgrade
 * check does the same, but only during the update. A downgrade from a failed revision is left to that check, because only Longhorn
 * knows which version runs.
 *
 * @see https://longhorn.io/docs/latest/deploy/upgrade/
 */
export function upgradeViolations({ version: installed, status }: RecordedRelease, version: string): Violation[] {
  if (installed === undefined || !isVersion(installed)) return [];
  if (status === "failed" && !isAtLeast(version, installed)) return [];
  const violation = (allowed: string, value: string): Violation => ({
    ...{ field: "version", got: version, allowed },
    fixes: [{ field: "version", value }],
  });
  if (!isAtLeast(version, installed)) {
    return [
      violation(
        `at least ${installed}, the installed version, because Longhorn does not support downgrades`,
        installed,
      ),
    ];
  }
  const path = minorPath(installed, version);
  if (isSameMinor(installed, version) || path.length <= 2) return [];
  const [, next = ""] = path;
  return [
    violation(
      `one minor version at a time from ${installed}, the installed version: ${path.join(" → ")}; each requires a separate update`,
      `${next}.0`,
    ),
  ];
}

/** Returns the minor versions from one to another, inclusive; for different major versions, only these two. */
function minorPath(from: string, to: string): string[] {
  const [first, last] = [minorOf(from), minorOf(to)];
  if (first.major !== last.major) return [`${first.major}.${first.minor}`, "…", `${last.major}.${last.minor}`];
  const count = last.minor - first.minor + 1;
  return Array.from({ length: count }, (_, index) => `${first.major}.${first.minor + index}`);
}

/** Returns the last revision of a Release from its outputs. */
function recordedRelease(release: unknown): RecordedRelease {
  const { status: last } = (release ?? {}) as { status?: Partial<Record<keyof RecordedRelease, unknown>> };
  const { version, status } = last ?? {};
  return {
    version: typeof version === "string" ? version : undefined,
    status: typeof status === "string" ? status : undefined,
  };
}
