import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { ResolvedS3GatewayArgs } from "./args";
import { objectLabels } from "./labels";
import { defaultRetain, keepsNothing, recurringJobName, type RecurringJobArgs } from "./recurring-job-args";

/** Longhorn's recurring jobs of the volume, which find it by `recurringJobLabels`. */
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

/** Labels of a claim that bring jobs to its volume. With the first of them Longhorn takes the claim's word for all of them. */
export function recurringJobLabels(serviceName: string, jobs: readonly RecurringJobArgs[]): Record<string, string> {
  if (jobs.length === 0) return {};
  const names = ["source", ...jobs.map((job) => recurringJobName(serviceName, job.name))];
  return Object.fromEntries(names.map((name) => [`recurring-job.longhorn.io/${name}`, "enabled"]));
}

/** What Longhorn's webhook would add is written too, so that a refresh finds nothing new. */
function recurringJobSpec(serviceName: string, { name, task, cron, retain, concurrency = 1 }: RecurringJobArgs) {
  const kept = keepsNothing(task) ? 0 : (retain ?? defaultRetain);
  const rest = { groups: [], labels: {}, parameters: {} };
  return { name: recurringJobName(serviceName, name), task, cron, retain: kept, concurrency, ...rest };
}
