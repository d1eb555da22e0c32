import type { V1Affinity, V1Node, V1NodeSelectorRequirement, V1NodeSelectorTerm } from "@kubernetes/client-node";
import { tolerateAll, type Taint, type Toleration } from "../../components/taints";
import { isReady } from "./kubernetes";

/** Schedulable node. */
export interface NodeForPods {
  name: string;
  labels: Readonly<Record<string, string>>;
  /** Taints that repel pods. */
  taints: readonly Taint[];
  /** Whether the node has Longhorn's CSI driver. */
  hasDriver: boolean;
}

/** Scheduling constraints of a pod. */
export interface Placement {
  nodeSelector?: Readonly<Record<string, string>>;
  affinity?: V1Affinity;
  tolerations?: readonly Toleration[];
}

/** Returns the schedulable nodes. */
export function nodesForPods(nodes: readonly V1Node[], withDriver: readonly string[]): NodeForPods[] {
  return nodes
    .filter(({ spec, status }) => isReady({ status }) && spec?.unschedulable !== true)
    .map(({ metadata, spec }) => ({
      name: metadata?.name ?? "",
      labels: metadata?.labels ?? {},
      taints: (spec?.taints ?? []).filter(({ effect }) => effect !== "PreferNoSchedule"),
      hasDriver: withDriver.includes(metadata?.name ?? ""),
    }));
}

/** Nodes that the scheduler may choose for a pod. */
export interface PossibleNodes {
  /** Names of the nodes without Longhorn's driver, which cannot attach the volume. */
  withoutDriver: readonly string[];
  /** Whether all nodes lack the driver. */
  isAlone: boolean;
}

/**
 * Returns the nodes that the scheduler may choose for a pod with a volume. If no node of the cluster has the driver, Longhorn
 * is not installed yet and the result is empty.
 */
export function possibleNodes(nodes: readonly NodeForPods[], placement: Placement): PossibleNodes {
  if (!nodes.some(({ hasDriver }) => hasDriver)) return { withoutDriver: [], isAlone: false };
  const possible = nodes.filter((node) => takes(node, placement));
  const withoutDriver = possible.filter(({ hasDriver }) => !hasDriver).map(({ name }) => name);
  return { withoutDriver, isAlone: withoutDriver.length === possible.length };
}

/** Returns the input that keeps a gateway on the nodes with Longhorn's driver, after the command that labels them if needed. */
export function driverRemedy(nodes: readonly NodeForPods[]): string {
  const label = driverLabel(nodes);
  return label === undefined ? labelFirst(nodes) : `pod.nodeSelector: { ${label.key}: "${label.value}" }`;
}

/** Returns a label that all nodes with the driver have, and no other node. */
function driverLabel(nodes: readonly NodeForPods[]): { key: string; value: string } | undefined {
  const [first, ...others] = nodes.filter(({ hasDriver }) => hasDriver);
  const without = nodes.filter(({ hasDriver }) => !hasDriver);
  const found = Object.entries(first?.labels ?? {}).find(
    ([key, value]) =>
      others.every(({ labels }) => labels[key] === value) && without.every(({ labels }) => labels[key] !== value),
  );
  return found && { key: found[0], value: found[1] };
}

function labelFirst(nodes: readonly NodeForPods[]): string {
  const names = nodes.filter(({ hasDriver }) => hasDriver).map(({ name }) => name);
  return `kubectl label node ${names.join(" ")} storage=longhorn, then pod.nodeSelector: { storage: "longhorn" }`;
}

/** Returns whether a node accepts a pod, according to labels and taints. */
export function takes({ labels, taints, name }: NodeForPods, placement: Placement): boolean {
  const { nodeSelector = {}, affinity, tolerations = [] } = placement;
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  return (
    tolerateAll(tolerations, taints) &&
    Object.entries(nodeSelector).every(([key, value]) => labels[key] === value) &&
    (terms === undefined || terms.some((term) => matchesTerm(term, labels, name)))
  );
}

/** Returns whether a term matches. A term without requirements matches no node. */
function matchesTerm(term: V1NodeSelectorTerm, labels: Readonly<Record<string, string>>, name: string): boolean {
  const { matchExpressions = [], matchFields = [] } = term;
  if (matchExpressions.length + matchFields.length === 0) return false;
  return (
    matchExpressions.every((requirement) => matches(requirement, labels[requirement.key])) &&
    matchFields.every((requirement) => matches(requirement, name))
  );
}

function matches({ operator, values = [] }: V1NodeSelectorRequirement, value: string | undefined): boolean {
  const [bound] = values;
  switch (operator) {
    case "In":
      return value !== undefined && values.includes(value);
    case "NotIn":
      return value === undefined || !values.includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    case "Gt":
      return value !== undefined && Number(value) > Number(bound);
    case "Lt":
      return value !== undefined && Number(value) < Number(bound);
    default:
      return true;
  }
}
