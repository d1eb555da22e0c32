import type * as pulumi from "@pulumi/pulumi";
import { updateHook } from "../update-hook";
import { refuse, type Violation } from "../validation/violations";
import { isAtLeast, isSameMinor, isVersion, minorOf } from "./version";

/** Refuses a way between two versions that Longhorn does not go, in the preview already. Only a hook sees the old version. */
export function upgradeHook(name: string, version: string): pulumi.ResourceHook[] {
  return updateHook(`${name}-upgrade`, ({ oldOutputs }) => {
    refuse(`Longhorn "${name}"`, upgradeViolations(recordedRelease(oldOutputs), version));
  });
}

/** Last revision of a Helm release. */
export interface RecordedRelease {
  /** Version of the chart. */
  version?: string;
  /** Status of the revision, such as `deployed` or `failed`. */
  status?: string;
}

/**
 * Returns what is wrong with an upgrade: Longhorn takes one minor version at a time and cannot go back. Its own pre-upgrade check says
 * the same, but only during the update. The version of a failed revision may never have run: the way back from it is left to that check,
 * which knows the version that runs.
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
      violation(`${installed}, which is installed, or newer, since Longhorn cannot go back to an older one`, installed),
    ];
  }
  const path = minorPath(installed, version);
  if (isSameMinor(installed, version) || path.length <= 2) return [];
  const [, next = ""] = path;
  return [
    violation(
      `one minor version at a time from ${installed}, which is installed: ${path.join(" → ")}; each is an update of its own`,
      `${next}.0`,
    ),
  ];
}

/** The minor versions from one to another, both included; of another major version, only the two. */
function minorPath(from: string, to: string): string[] {
  const [first, last] = [minorOf(from), minorOf(to)];
  if (first.major !== last.major) return [`${first.major}.${first.minor}`, "…", `${last.major}.${last.minor}`];
  const count = last.minor - first.minor + 1;
  return Array.from({ length: count }, (_, index) => `${first.major}.${first.minor + index}`);
}

/** Returns what the outputs of a Release say of its last revision. */
function recordedRelease(release: unknown): RecordedRelease {
  const { status: last } = (release ?? {}) as { status?: Partial<Record<keyof RecordedRelease, unknown>> };
  const { version, status } = last ?? {};
  return {
    ...(typeof version === "string" && { version }),
    ...(typeof status === "string" && { status }),
  };
}
