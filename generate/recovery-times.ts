import { clusterTimings, recoveryStages, stageExplanations, type ClusterTimings } from "../components/recovery-model";
import { stagesChart } from "../tool/features/predict/stages-chart";
import { comparedPolicies } from "../tool/features/predict/compared-policies";
import { policyRows, predictionReport } from "../tool/features/predict/report";
import type { GeneratedFile } from "./file";

/** Where each number of the model is from. */
const sources: Readonly<Record<keyof ClusterTimings, string>> = {
  nodeMonitorPeriod: "kube-controller-manager `--node-monitor-period`, its default",
  nodeMonitorGracePeriod:
    "kube-controller-manager `--node-monitor-grace-period`, its default; 40 s before Kubernetes 1.32 (kubernetes PR 126287)",
  leaseRenewInterval: "kubelet: a quarter of `nodeLeaseDurationSeconds`, whose default is 40",
  eviction: "measured on the sandbox: the queues of the node lifecycle and taint eviction controllers",
  longhornResync: "Longhorn: resync of the informers, `controller/controller_manager.go`",
  longhornManagers: "three nodes, of which one is dead",
  unpublish: "measured on the sandbox: Longhorn's CSI `ControllerUnpublishVolume` with csi-attacher",
  attachDetachSyncPeriod: "kube-controller-manager `--attach-detach-reconcile-sync-period`, its default",
  podGarbageCollection: "kube-controller-manager, `pkg/controller/podgc`, no flag",
  detach: "published measurements of Longhorn, 2 to 28 s (longhorn issues 2947, 5937)",
  attach: "published measurements of Longhorn, 5 to 15 s (longhorn issue 10689)",
  volumesInUse: "kubelet `nodeStatusUpdateFrequency`, its default of 10 s",
  mount: "file system check and mount, an estimate",
  containerStart: "sandbox and process of a container, an estimate",
  containerRestart: "process of a container in a pod that stays, an estimate",
  processStop: "radosgw on SIGTERM, an estimate",
  readinessProbe: "the gateway's readiness probe, every second",
  routing: "measured on the sandbox: EndpointSlice and kube-proxy",
  kubeletBackOff:
    "Kubernetes before 1.36 asks for the attachment with a back-off of up to 122 s; later ones, as measured, do not",
};

/** The page on predicted recovery times, and its plot. */
export function recoveryTimes(): GeneratedFile[] {
  const { policies } = predictionReport(comparedPolicies());
  return [
    { path: "docs/recovery-times.md", text: page(policyRows(policies)) },
    {
      path: "docs/recovery-times.svg",
      text: `${stagesChart(policies, "Node failure, predicted (Kubernetes 1.36, Longhorn 1.12)")}\n`,
    },
  ];
}

function page([head = [], ...rows]: readonly string[][]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const stages = recoveryStages.map((stage) =>
    line([stageExplanations[stage].meaning, stageExplanations[stage].source]),
  );
  const numbers = Object.entries(clusterTimings()).map(([name, value]) =>
    line([
      `\`${name}\``,
      valueText(value as ClusterTimings[keyof ClusterTimings]),
      sources[name as keyof ClusterTimings],
    ]),
  );
  return `# Recovery times

How long a store is away after a failure, from the fault to the first answer to a client, as the recovery-time model has it
(\`components/recovery-model\`). The same numbers are a stack's output \`predictedRecovery\`, and \`longhorn-s3 predict\` computes them for any
decision and cluster. How they compare with recoveries that were measured is in [measurements.md](measurements.md). This page is made by
\`npm run generate\`.

## All decisions

Half of the recoveries take no longer than the time of the case; of a node failure, 95 and 99 of 100 take no longer than p95 and p99.

${line(head)}
${line(head.map(() => "---"))}
${rows.map(line).join("\n")}

![The stages of each decision's node failure](recovery-times.svg)

## How it is computed

Nothing is fitted: the model draws a thousand recoveries, each with its own phase of every timer, and looks when each stage is reached.
The same inputs give the same numbers.

${line(["Stage", "On what it depends"])}
${line(["---", "---"])}
${stages.join("\n")}

Three things make up the long tail, and no input of a store moves them:

- **The race.** Once Longhorn has deleted the attachment to the dead node, Kubernetes notices that at its next sync. If the old pod is
  still there, Kubernetes attaches to the dead node again. Longhorn deletes that attachment at its next look at the pod, every 30 s in
  each manager, and the pod only at a look that finds none. With \`ReadWriteOncePod\` the new pod has no node as long as the old one is
  there, so that this happens whenever the sync comes first; with \`ReadWriteOnce\` in about half of these cases.
- **One back-off for all tries.** Kubernetes waits 0.5, 1, 2, … up to 122 s after each failed attach operation of a volume, whichever node
  it is for: after the race, the attachment to the new node has to wait for the next try.
- **Detach before attach.** csi-attacher tries an attachment at once and 1, 3, 7, 15, 31 s later. As long as Longhorn is still detaching, it
  fails, and each failure is one of Kubernetes' tries too. This is most of what is left after a fence.

## The numbers

Seconds; two numbers are the bounds of a range in which every value is as likely. \`prediction\` and the options of
\`longhorn-s3 predict\` change those that a cluster's owner may have changed.

${line(["Number", "Value", "Source"])}
${line(["---", "---", "---"])}
${numbers.join("\n")}
| radosgw's start | 0.07 s, and 0.76 s for each million objects | s3gw's measurements of its restart |

## What is not in it

An image that has to be pulled; a control plane that loses a member with the node, whose new leader starts all waits anew (15 s to more
than a minute); an API server or etcd that is slow; a node that is full; replicas that have to be salvaged; \`Multi-Attach\` of other pods;
a radosgw whose file system has to be repaired.
`;
}

function valueText(value: number | boolean | readonly number[]): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "number" ? String(value) : value.join(" to ");
}
