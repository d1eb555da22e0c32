import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { ResolvedLonghornArgs } from "./args";
import { chartSource } from "./chart-source";
import { settingsChangeHook } from "./settings-change-hook";
import { upgradeHook } from "./upgrade";
import { chartValues } from "./values";

/** The deadline of Longhorn's own uninstall job is 900 s: it should be the job that says what is wrong, not Helm. */
const timeoutSeconds = 960;

/**
 * Longhorn's Helm chart as a release: its hooks check upgrades and uninstall, and only a release runs them. A first
 * installation that fails is kept, so that the next `pulumi up` goes on from there.
 */
export function createRelease(
  name: string,
  resolved: ResolvedLonghornArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.helm.v3.Release {
  return new k8s.helm.v3.Release(
    `${name}-release`,
    {
      name: "longhorn",
      namespace: resolved.namespace,
      ...chartSource(`Longhorn "${name}"`, resolved),
      values: chartValues(resolved),
      timeout: timeoutSeconds,
      cleanupOnFail: true,
    },
    { ...opts, hooks: { beforeUpdate: [...upgradeHook(name, resolved.version), ...settingsChangeHook(name)] } },
  );
}
