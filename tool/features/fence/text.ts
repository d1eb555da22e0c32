import type { AffectedPod } from "./affected-pods";
import type { FenceReport, FencedStore } from "./fence";
import type { FencePlan } from "./plan";
import type { UnfenceReport } from "./unfence";
import { commandLine } from "../../terminal/command-line";
import { secondsText } from "../../terminal/progress";
import { table } from "../../terminal/table";

/** Returns the consequences of a fence. */
export function fencePlanText({
  node,
  silentSeconds,
  outOfService,
  begun,
  gateways,
  others,
  withoutVolume,
}: FencePlan): string {
  return [
    `Node ${node} is not Ready${silentSeconds === undefined ? "" : `; its last heartbeat was ${silentSeconds} s ago`}.`,
    ...(outOfService
      ? [`It is already out of service, ${begun ? `by longhorn-s3 at ${begun.at}` : "by another actor"}.`]
      : []),
    "If it is not powered off, its pods continue to write to volumes that are then attached elsewhere, and these writes are lost.",
    "Power it off first, or verify that it is: a node that restarts or has lost its network is not powered off.",
    ...section("Gateways of stores, which are deleted immediately:", gateways),
    ...section("Other pods with volumes, which Kubernetes deletes and whose volumes it detaches:", others),
    ...section("Other pods without volumes, which Kubernetes deletes too:", withoutVolume),
    ...(gateways.length + others.length + withoutVolume.length === 0 ? ["No pod is evicted by that."] : []),
  ].join("\n");
}

/** Returns the question to the operator, which mentions the pods of other teams that the taint evicts. */
export function fenceQuestion({ node, others, withoutVolume }: FencePlan): string {
  const count = others.length + withoutVolume.length;
  const pods = count === 1 ? "1 other pod" : `${count} other pods`;
  const deletes = count === 0 ? "" : ` Fencing it also deletes ${pods} on it.`;
  return `Do you confirm that node ${node} is powered off?${deletes}`;
}

function section(title: string, pods: readonly AffectedPod[]): string[] {
  if (pods.length === 0) return [];
  return [title, table(pods.map(podRow))];
}

function podRow({ namespace, name, volumes }: AffectedPod): string[] {
  return [`${namespace}/${name}`, ...(volumes.length === 0 ? [] : [volumes.join(", ")])];
}

/**
 * Returns the result of a fence.
 *
 * @param reachedBy flags that name the cluster
 */
export function fenceReportText(
  { node, stores, leftToKubernetes }: FenceReport,
  reachedBy: readonly string[] = [],
): string {
  const others = leftToKubernetes.map(({ namespace, name }) => `${namespace}/${name}`);
  return [
    `Node ${node} is out of service.`,
    ...stores.map(storeText),
    ...(others.length === 0 ? [] : [`Left to Kubernetes: ${others.join(", ")}.`]),
    `After its return: ${commandLine(["unfence", node], reachedBy)}`,
  ].join("\n");
}

function storeText({ namespace, name, newNode, seconds, stages }: FencedStore): string {
  const store = `Store ${namespace}/${name}`;
  const rows = stages.map(({ meaning, seconds: after }) => [secondsText(after).padStart(8), meaning]);
  const reached = stages.length === 0 ? [] : [table(rows)];
  if (newNode === undefined || seconds === undefined) {
    const look = `kubectl -n ${namespace} describe pod -l app.kubernetes.io/instance=${name}`;
    return [`${store} is not ready on another node yet. See ${look}.`, ...reached].join("\n");
  }
  return [`${store} is ready on ${newNode} after ${secondsText(seconds)}.`, ...reached].join("\n");
}

/** Returns the result of reverting a fence. */
export function unfenceReportText({ node, changed }: UnfenceReport): string {
  return changed ? `Node ${node} was returned to service.` : `Node ${node} was not fenced: nothing was changed.`;
}
