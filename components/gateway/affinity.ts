import { dnsSubdomain, labelKey, labelValue, namespaceName } from "../validation/kubernetes-names";
import { entryViolations } from "../validation/maps";
import { itemViolations } from "../validation/lists";
import { check, integer, oneOf, type Rule } from "../validation/rules";
import type { Violation } from "../validation/violations";
import {
  LabelSelectorOperator,
  NodeSelectorOperator,
  type AffinityArgs,
  type LabelSelectorArgs,
  type LabelSelectorRequirementArgs,
  type NodeSelectorRequirementArgs,
  type NodeSelectorTermArgs,
  type PodAffinityArgs,
  type PodAffinityTermArgs,
} from "./affinity-args";

const key = labelKey("topology.kubernetes.io/zone");
const value = labelValue("storage");
const weight = integer(1, 100, "points", 100);

/** Returns the violations of the affinity of the gateway's pod. */
export function affinityViolations(affinity: AffinityArgs | undefined): Violation[] {
  const { nodeAffinity, podAffinity, podAntiAffinity } = affinity ?? {};
  const required = nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  const preferred = nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution;
  const nodes = "affinity.nodeAffinity";
  return [
    ...(required === undefined
      ? []
      : notEmpty(
          `${nodes}.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms`,
          required.nodeSelectorTerms,
          termOfNodes,
        )),
    ...itemViolations(`${nodes}.preferredDuringSchedulingIgnoredDuringExecution`, preferred, (place, one) => [
      ...check(`${place}.weight`, one.weight, weight),
      ...termOfNodes(`${place}.preference`, one.preference),
    ]),
    ...podViolations("affinity.podAffinity", podAffinity),
    ...podViolations("affinity.podAntiAffinity", podAntiAffinity),
  ];
}

function podViolations(field: string, affinity: PodAffinityArgs | undefined): Violation[] {
  const required = affinity?.requiredDuringSchedulingIgnoredDuringExecution;
  const preferred = affinity?.preferredDuringSchedulingIgnoredDuringExecution;
  return [
    ...itemViolations(`${field}.requiredDuringSchedulingIgnoredDuringExecution`, required, termOfPods),
    ...itemViolations(`${field}.preferredDuringSchedulingIgnoredDuringExecution`, preferred, (place, one) => [
      ...check(`${place}.weight`, one.weight, weight),
      ...termOfPods(`${place}.podAffinityTerm`, one.podAffinityTerm),
    ]),
  ];
}

function termOfNodes(field: string, term: NodeSelectorTermArgs | undefined): Violation[] {
  const { matchExpressions, matchFields } = term ?? {};
  const expressions = (place: string, one: NodeSelectorRequirementArgs): Violation[] =>
    requirement(place, one, NodeSelectorOperator);
  return [
    ...(matchFields === undefined
      ? notEmpty(`${field}.matchExpressions`, matchExpressions, expressions)
      : itemViolations(`${field}.matchExpressions`, matchExpressions, expressions)),
    ...itemViolations(`${field}.matchFields`, matchFields, fieldRequirement),
  ];
}

const nodeNames: Rule = {
  allowed: "the name of one node",
  holds: (given) => Array.isArray(given) && given.length === 1 && dnsSubdomain("").holds(given[0]),
  example: ["node-1"],
};

/** Checks a requirement for a field. The API server accepts only the name of a single node. */
function fieldRequirement(field: string, { key: name, operator, values }: NodeSelectorRequirementArgs): Violation[] {
  const { In, NotIn } = NodeSelectorOperator;
  return [
    ...check(`${field}.key`, name, oneOf({ name: "metadata.name" }, "metadata.name")),
    ...check(`${field}.operator`, operator, oneOf({ In, NotIn }, In)),
    ...check(`${field}.values`, values, nodeNames),
  ];
}

function termOfPods(field: string, term: PodAffinityTermArgs | undefined): Violation[] {
  const { topologyKey, labelSelector, namespaces, namespaceSelector } = term ?? {};
  return [
    ...check(`${field}.topologyKey`, topologyKey, labelKey("kubernetes.io/hostname")),
    ...(labelSelector === undefined ? [noSelector(`${field}.labelSelector`)] : []),
    ...selectorViolations(`${field}.labelSelector`, labelSelector),
    ...selectorViolations(`${field}.namespaceSelector`, namespaceSelector),
    ...(["matchLabelKeys", "mismatchLabelKeys"] as const).flatMap((list) =>
      itemViolations(`${field}.${list}`, term?.[list], (place, one) => check(place, one, key)),
    ),
    ...itemViolations(`${field}.namespaces`, namespaces, (place, one) => check(place, one, namespaceName("photos"))),
  ];
}

function selectorViolations(field: string, selector: LabelSelectorArgs | undefined): Violation[] {
  return [
    ...entryViolations(`${field}.matchLabels`, selector?.matchLabels, { form: key }, () => value),
    ...itemViolations(`${field}.matchExpressions`, selector?.matchExpressions, (place, one) =>
      requirement(place, one, LabelSelectorOperator),
    ),
  ];
}

/** Refuses a term without a selector. Kubernetes accepts it, but it matches no pod. */
function noSelector(field: string): Violation {
  const allowed = "a label selector: without one, the term matches no pod; {} matches all pods";
  const value = { matchLabels: { "app.kubernetes.io/name": "s3gw" } };
  return { field, got: undefined, allowed, fixes: [{ field, value }] };
}

function requirement(
  field: string,
  { key: name, operator, values }: NodeSelectorRequirementArgs | LabelSelectorRequirementArgs,
  operators: Readonly<Record<string, string>>,
): Violation[] {
  const violations = [
    ...check(`${field}.key`, name, key),
    ...check(`${field}.operator`, operator, oneOf(operators, NodeSelectorOperator.In)),
  ];
  return violations.length > 0 ? violations : check(`${field}.values`, values, valuesFor(operator));
}

function valuesFor(operator: NodeSelectorOperator): Rule {
  switch (operator) {
    case NodeSelectorOperator.Exists:
    case NodeSelectorOperator.DoesNotExist:
      return {
        allowed: `unset with the operator "${operator}"`,
        holds: (given) => given === undefined || (Array.isArray(given) && given.length === 0),
        example: undefined,
      };
    case NodeSelectorOperator.Gt:
    case NodeSelectorOperator.Lt:
      return {
        allowed: `a single integer, as a string, with the operator "${operator}"`,
        holds: (given) => Array.isArray(given) && given.length === 1 && /^-?\d{1,18}$/.test(String(given[0])),
        example: ["4"],
      };
    case NodeSelectorOperator.In:
    case NodeSelectorOperator.NotIn:
      return {
        allowed: `at least one label value with the operator "${operator}"`,
        holds: (given) => Array.isArray(given) && given.length > 0 && given.every((one) => value.holds(one)),
        example: ["storage"],
      };
  }
}

/** Checks the items of a list that must not be empty: Kubernetes would match no node. */
function notEmpty<T>(
  field: string,
  list: readonly T[] | undefined,
  violationsOf: (place: string, one: T) => Violation[],
): Violation[] {
  if (list !== undefined && list.length > 0) return itemViolations(field, list, violationsOf);
  return [
    { field, got: list, allowed: "at least one term: an empty list matches no node", fixes: [{ field: "affinity" }] },
  ];
}
