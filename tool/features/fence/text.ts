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
    `Node ${node} is not Ready${silentSeconds === undefined ? "" : `; its last sign of life was ${silentSeconds} s ago`}.`,
    ...(outOfService
      ? [`It is out of service already, ${begun ? `by longhorn-s3 at ${begun.at}` : "by somebody else"}.`]
      : []),
    "If it is not off, its pods go on writing to volumes that others have by then, and what they write is lost.",
    "Switch it off first, or see that it is: a node that restarts, or has only lost its network, is not off.",
    ...section("Gateways of stores, which are deleted at once:", gateways),
    ...section("Other pods with volumes, which Kubernetes deletes and whose volumes it detaches:", others),
    ...section("Other pods without volumes, which Kubernetes deletes too:", withoutVolume),
    ...(gateways.length + others.length + withoutVolume.length === 0 ? ["Nothing on it leaves it by that."] : []),
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
    `When it is back and clean: ${commandLine(["unfence", node], reachedBy)}`,
  ].join("\n");
}

function storeText({ namespace, name, newNode, seconds, stages }: FencedStore): string {
  const store = `Store ${namespace}/${name}`;
  const rows = stages.map(({ meaning, seconds: after }) => [secondsText(after).padStart(8), meaning]);
  const reached = stages.length === 0 ? [] : [table(rows)];
  if (newNode === undefined || seconds === undefined) {
    const look = `kubectl -n ${namespace} describe pod -l app.kubernetes.io/instance=${name}`;
    return [`${store} is not ready on another node yet: ${look} says why.`, ...reached].join("\n");
  }
  return [`${store} is ready on ${newNode} after ${secondsText(seconds)}.`, ...reached].join("\n");
}

/** Returns the result of reverting a fence. */
export function unfenceReportText({ node, changed }: UnfenceReport): string {
  return changed ? `Node ${node} is back in service.` : `Node ${node} was not fenced: nothing was changed.`;
}
