import type * as pulumi from "@pulumi/pulumi";
import { updateHook } from "../update-hook";
import { refuse, type Violation } from "../validation/violations";
import { isAtLeast, isSameMinor, isVersion, minorOf } from "./version";

/** Refuses a way between two versions that Longhorn does not go, in the preview already. Only a hook sees the old version. */
export function upgradeHook(name: string, version: string): pulumi.ResourceHook[] {
  return updateHook(`${name}-upgrade`, ({ oldOutputs }) => {
    refuse(`Longhorn "${name}"`, upgradeViolations(installedVersionOf(oldOutputs), version));
  });
}

/**
 * What is wrong with going from one version of Longhorn to another: it takes one minor version at a time, and no step back. Its own
 * pre-upgrade check says the same, but only during the update.
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

/** The version of the chart that a Release says is installed. */
function installedVersionOf(release: unknown): string | undefined {
  const { status } = (release ?? {}) as { status?: { version?: unknown } };
  return typeof status?.version === "string" ? status.version : undefined;
}
