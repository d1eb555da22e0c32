import type { NodeStatus, PredictedTime, StatusReport, StoreStatus } from "./report";
import { secondsText } from "../../terminal/progress";
import { table } from "../../terminal/table";

/** Returns the text of `longhorn-s3 status`, by store, each with its verdict first. */
export function statusText({ stores, server, at }: StatusReport): string {
  const now = Date.parse(at);
  return stores.map((store) => storeText(store, now, server)).join("\n\n");
}

function storeText(store: StoreStatus, now: number, server: string): string {
  const { namespace, name, gateway, volume, policy, predicted } = store;
  return [
    `Store ${namespace}/${name} on ${server}`,
    verdict(store),
    ...store.reasons.map((reason) => `  - ${reason}`),
    ...store.warnings.map((warning) => `  warning: ${warning}`),
    "",
    table([
      ...(gateway
        ? [
            [
              "Gateway",
              [
                `${gateway.pod} on ${gateway.node}`,
                gateway.ready ? "ready" : "NOT READY",
                `restarts ${gateway.restarts}`,
                ...(gateway.startedAt ? [`up ${agoText(gateway.startedAt, now)}`] : []),
              ].join(", "),
            ],
          ]
        : [["Gateway", "none"]]),
      ...(volume
        ? [["Volume", `${volume.name}, ${volume.state || "in no state"}, ${volume.robustness}, ${volume.accessMode}`]]
        : []),
      ...(volume ? [["Replicas", replicasText(store, volume.replicas)]] : []),
      ...(policy
        ? [
            ["Failover", `${policy.onNodeFailure}: ${policy.effect}`],
            ["Longhorn", `node-down-pod-deletion-policy: ${policy.podDeletionPolicy || "unknown"}`],
          ]
        : []),
      ...(predicted
        ? [
            ["Predicted", `node failure ${timeText(predicted.nodeFailure)}`],
            ["", `pod failure ${timeText(predicted.podFailure)}, switch-over ${timeText(predicted.switchOver)}`],
          ]
        : []),
      ["Last backup", store.lastBackupAt ? `${agoText(store.lastBackupAt, now)} ago` : "none"],
      ["Last drill", drillText(store, now)],
    ]),
    ...(store.nodes.length === 0 ? [] : ["", table(nodeRows(store.nodes))]),
  ].join("\n");
}

function verdict({ survives, byItself, nodes, predicted }: StoreStatus): string {
  if (!survives) return "Would it survive a failure now? NO";
  const standby = nodes.filter(({ couldTakeOver }) => couldTakeOver).map(({ name }) => name);
  if (!byItself)
    return `Would it survive a failure now? Yes, but only an operator can restore service (${standby.join(", ")})`;
  const time =
    predicted && "p50Seconds" in predicted.nodeFailure
      ? `, after about ${secondsText(predicted.nodeFailure.p50Seconds)}`
      : "";
  return `Would it survive a failure now? Yes: ${standby.join(" or ")} would take over automatically${time}`;
}

function replicasText({ nodes }: StoreStatus, wanted: number): string {
  const placed = nodes.flatMap(({ name, replica }) => (replica ? [`${name} ${replica}`] : []));
  const whole = nodes.filter(({ replica }) => replica === "whole").length;
  return `${whole} of ${wanted} whole${placed.length === 0 ? "" : `: ${placed.join(", ")}`}`;
}

function timeText(time: PredictedTime): string {
  if ("never" in time) return `never automatically: ${time.never}`;
  const { p50Seconds, p95Seconds } = time;
  return `${secondsText(p50Seconds)} (p50), ${secondsText(p95Seconds)} (p95)`;
}

function drillText({ lastDrill }: StoreStatus, now: number): string {
  if (lastDrill === undefined) return "none";
  const { case: drillCase, startedAt, passed, recoverySeconds, lost, runs } = lastDrill;
  const recovery = recoverySeconds === undefined ? "" : `, recovered after ${secondsText(recoverySeconds)}`;
  const over = runs === 1 ? "" : ` (median of ${runs})`;
  return `${drillCase}, ${agoText(startedAt, now)} ago: ${passed ? "passed" : "FAILED"}${recovery}${over}, ${lost} lost`;
}

function nodeRows(nodes: readonly NodeStatus[]): string[][] {
  const rows = nodes.map(({ name, gateway, couldTakeOver, against, hasImage, replica, disk }) => [
    name,
    gateway ? "serves" : couldTakeOver ? "yes" : `no, ${against.join(", ") || "there is no gateway"}`,
    hasImage ? "there" : "not seen",
    replica ?? "none",
    disk ? `${gibibytes(disk.availableBytes)} of ${gibibytes(disk.maximumBytes)} GiB free` : "none",
  ]);
  return [["Node", "could take over", "image", "replica", "Longhorn's disks"], ...rows];
}

const gibibytes = (bytes: number): string => (bytes / 1024 ** 3).toFixed(0);

/** Returns texts such as `3 d 4 h`, `5 min`, `12 s`, with two units if the first number is small. */
function agoText(at: string, now: number): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(at)) / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) return `${days} d ${hours % 24} h`;
  if (hours > 0) return `${hours} h ${minutes % 60} min`;
  return minutes > 0 ? `${minutes} min` : `${seconds} s`;
}
