import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { ResolvedS3GatewayArgs } from "./args";
import { objectLabels } from "./labels";
import { defaultRetain, keepsNothing, recurringJobName, type RecurringJobArgs } from "./recurring-job-args";

/** Creates Longhorn's recurring jobs of the volume, which `recurringJobLabels` assigns to it. */
export function createRecurringJobs(
  name: string,
  resolved: ResolvedS3GatewayArgs,
  opts: pulumi.CustomResourceOptions,
): k8s.apiextensions.CustomResource[] {
  const { serviceName, volume } = resolved;
  return volume.recurringJobs.map(
    (job) =>
      new k8s.apiextensions.CustomResource(
        `${name}-job-${job.name}`,
        {
          apiVersion: "longhorn.io/v1beta2",
          kind: "RecurringJob",
          metadata: {
            namespace: volume.longhornNamespace,
            name: recurringJobName(serviceName, job.name),
            labels: objectLabels(resolved),
          },
          spec: recurringJobSpec(serviceName, job),
        },
        opts,
      ),
  );
}

/**
 * Returns the labels of a claim that assign jobs to its volume. The first label makes Longhorn synchronize all of them from the
 * claim.
 */
export function recurringJobLabels(serviceName: string, jobs: readonly RecurringJobArgs[]): Record<string, string> {
  if (jobs.length === 0) return {};
  const names = ["source", ...jobs.map((job) => recurringJobName(serviceName, job.name))];
  return Object.fromEntries(names.map((name) => [`recurring-job.longhorn.io/${name}`, "enabled"]));
}

/** Returns the spec of a job with all defaults of Longhorn's webhook, so that a refresh detects no change. */
function recurringJobSpec(serviceName: string, { name, task, cron, retain, concurrency = 1 }: RecurringJobArgs) {
  const kept = keepsNothing(task) ? 0 : (retain ?? defaultRetain);
  const rest = { groups: [], labels: {}, parameters: {} };
  return { name: recurringJobName(serviceName, name), task, cron, retain: kept, concurrency, ...rest };
}
