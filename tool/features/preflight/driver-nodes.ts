import type { V1Affinity, V1NodeSelectorRequirement, V1NodeSelectorTerm } from "@kubernetes/client-node";
import { tolerateAll, type Taint } from "../../../components/taints";
import { componentOf, urnParts } from "../../../policy/data-bearing";
import type { TolerationArgs } from "../../../index";
import { newObjects } from "./existing-objects";
import type { PreflightFinding } from "./findings";
import type { PlannedResource } from "./planned";

/** A node that takes pods now. */
export interface NodeForPods {
  name: string;
  labels: Readonly<Record<string, string>>;
  /** Those that keep pods off the node. */
  taints: readonly Taint[];
  /** Whether Longhorn's CSI driver is on the node. */
  hasDriver: boolean;
}

/** Scheduling constraints of a pod. */
export interface Placement {
  nodeSelector?: Readonly<Record<string, string>>;
  affinity?: V1Affinity;
  tolerations?: readonly TolerationArgs[];
}

/** A gateway that is going to be created. */
export interface NewGateway {
  /** URN of its provider. */
  provider: string;
  /** As `namespace/name`. */
  store: string;
  placement: Placement;
}

/** Returns the gateways with the stack's label that a preview plans to create. */
export function newGateways(planned: readonly PlannedResource[]): NewGateway[] {
  const created = newObjects(planned).map(({ urn }) => urn);
  return planned
    .filter(({ urn }) => componentOf(urn) === "S3Gateway" && urnParts(urn).type === "kubernetes:apps/v1:Deployment")
    .filter(({ urn }) => created.includes(urn))
    .map(({ provider, inputs }) => {
      const { metadata, spec } = inputs as Deployment;
      return {
        provider,
        store: `${metadata?.namespace ?? ""}/${metadata?.name ?? ""}`,
        placement: spec?.template?.spec ?? {},
      };
    });
}

/**
 * Says which gateways can be scheduled on nodes without Longhorn's driver, where their volumes cannot be attached, or on those alone.
 * Nothing is known of a cluster in which no node has the driver: Longhorn is not installed yet.
 */
export function driverFindings(nodes: readonly NodeForPods[], gateways: readonly NewGateway[]): PreflightFinding[] {
  const label = driverLabel(nodes);
  if (!nodes.some(({ hasDriver }) => hasDriver)) return [];
  return gateways.flatMap(({ store, placement }): PreflightFinding[] => {
    const possible = nodes.filter((node) => takes(node, placement));
    const without = possible.filter(({ hasDriver }) => !hasDriver).map(({ name }) => name);
    if (without.length === 0) return [];
    const isAlone = without.length === possible.length;
    const what = `the pod of ${store} can be scheduled on ${isAlone ? "no other nodes than " : ""}${without.join(", ")}`;
    return [
      {
        severity: isAlone ? "error" : "warning",
        what: `${what}, without Longhorn's CSI driver: it would not start there, and the up would time out`,
        remedy: label === undefined ? labelFirst(nodes) : `pod.nodeSelector: { ${label.key}: "${label.value}" }`,
      },
    ];
  });
}

/** A label that all nodes with the driver have, and no other node. */
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

/** Reports whether a node takes a pod, as far as labels and taints decide. */
export function takes({ labels, taints, name }: NodeForPods, placement: Placement): boolean {
  const { nodeSelector = {}, affinity, tolerations = [] } = placement;
  const terms = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  return (
    tolerateAll(tolerations, taints) &&
    Object.entries(nodeSelector).every(([key, value]) => labels[key] === value) &&
    (terms === undefined || terms.some((term) => matchesTerm(term, labels, name)))
  );
}

/** A term without requirements matches no node. */
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

interface Deployment {
  metadata?: { name?: string; namespace?: string };
  spec?: { template?: { spec?: Placement } };
}
