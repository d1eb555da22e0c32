import { clusterTimings, recoveryStages, stageExplanations, type ClusterTimings } from "../components/recovery-model";
import { stagesChart } from "../tool/features/predict/stages-chart";
import { comparedPolicies } from "../tool/features/predict/compared-policies";
import { policyRows, predictionReport } from "../tool/features/predict/report";
import type { GeneratedFile } from "./file";

/** Source of each number of the model. */
const sources: Readonly<Record<keyof ClusterTimings, string>> = {
  nodeMonitorPeriod: "kube-controller-manager `--node-monitor-period`, its default",
  nodeMonitorGracePeriod:
    "kube-controller-manager `--node-monitor-grace-period`, its default; 40 s before Kubernetes 1.32 (kubernetes PR 126287)",
  leaseRenewInterval: "kubelet: a quarter of `nodeLeaseDurationSeconds`, whose default is 40",
  eviction: "measured on the sandbox: the queues of the node lifecycle and taint eviction controllers",
  longhornResync: "Longhorn: resync of the informers, `controller/controller_manager.go`",
  longhornManagers: "three nodes, one of which has failed",
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
    "before Kubernetes 1.36, the kubelet polls for the attachment with a back-off of up to 122 s; measured: not since",
};

/** Returns the page on predicted recovery times, and its plot. */
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

Predicted recovery times of a store, from the failure to the first successful request. They are computed by the recovery-time model
(\`components/recovery-model\`). The stack output \`predictedRecovery\` contains the same numbers, and \`longhorn-s3 predict\` computes them for any
decision and cluster. [measurements.md](measurements.md) compares them with measured recoveries. This page is generated (\`npm run generate\`).

## All decisions

The time of a case is the median. For a node failure, p95 and p99 are the 95th and 99th percentile.

${line(head)}
${line(head.map(() => "---"))}
${rows.map(line).join("\n")}

![The stages of each decision's node failure](recovery-times.svg)

## Computation

The model is not fitted to measurements. It simulates a thousand recoveries, each with random phases of all timers, and records the time of each
stage. Equal inputs give equal numbers.

${line(["Stage", "Depends on"])}
${line(["---", "---"])}
${stages.join("\n")}

The long tail has three causes, which no input of a store affects:

- **Race between attachment and pod.** After Longhorn has deleted the attachment to the failed node, Kubernetes detects that at its next sync. If
  the old pod still exists, Kubernetes attaches the volume to the failed node again. Longhorn deletes that attachment at its next resync, every
  30 s in each manager, and the pod only at a resync without an attachment. With \`ReadWriteOncePod\`, the new pod has no node until the old one is
  deleted, so the race occurs whenever the sync comes first. With \`ReadWriteOnce\`, it occurs in about half of these cases.
- **Shared back-off.** Kubernetes waits 0.5, 1, 2, … up to 122 s after each failed attach operation of a volume, regardless of the node. After the
  race, the attachment to the new node must wait for the next attempt.
- **Detach before attach.** csi-attacher tries to attach immediately and after 1, 3, 7, 15 and 31 s. While Longhorn is detaching the volume, each
  attempt fails, and each failure is also a failed attempt of Kubernetes. This is most of the time after fencing.

## Numbers

In seconds; two numbers are the bounds of a uniform distribution. \`prediction\` and the options of \`longhorn-s3 predict\` override those that
depend on the configuration of the cluster.

${line(["Number", "Value", "Source"])}
${line(["---", "---", "---"])}
${numbers.join("\n")}
| radosgw's start | 0.07 s, and 0.76 s per million objects | s3gw's measurements of its restart |

## Limitations

The model does not include: an image pull; the loss of a control plane member with the node, after which a new leader restarts all waits (15 s to
more than a minute); a slow API server or etcd; a node without capacity; the salvage of replicas; \`Multi-Attach\` errors of other pods; a repair of
the file system.
`;
}

function valueText(value: number | boolean | readonly number[]): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  return typeof value === "number" ? String(value) : value.join(" to ");
}
