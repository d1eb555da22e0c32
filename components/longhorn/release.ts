import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { ResolvedLonghornArgs } from "./args";
import { chartSource } from "./chart-source";
import { settingsChangeHook } from "./settings-change-hook";
import { upgradeHook } from "./upgrade";
import { chartValues } from "./values";

/** Timeout of the release. Longhorn's uninstall job has a deadline of 900 s: the job should report the error before Helm does. */
const timeoutSeconds = 960;

/**
 * Creates the release of Longhorn's Helm chart. Its hooks check upgrades and uninstall Longhorn, and run only with a release. A
 * failed first installation is kept, so that the next `pulumi up` continues it.
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
