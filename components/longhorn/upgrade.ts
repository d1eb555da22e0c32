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
    refuse(`Longhorn "${name}"`, upgradeViolations(installedVersionOf(oldOutputs), version));
  });
}

/**
 * Returns the violations of an upgrade: Longhorn supports one minor version at a time, and no downgrade. Its own pre-upgrade
 * check does the same, but only during the update.
 *
 * @see https://longhorn.io/docs/latest/deploy/upgrade/
 */
export function upgradeViolations(installed: string | undefined, version: string): Violation[] {
  if (installed === undefined || !isVersion(installed)) return [];
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

/** Returns the version of the installed chart from the outputs of a Release. */
function installedVersionOf(release: unknown): string | undefined {
  const { status } = (release ?? {}) as { status?: { version?: unknown } };
  return typeof status?.version === "string" ? status.version : undefined;
}
