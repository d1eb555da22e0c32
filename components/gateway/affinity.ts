import { labelKey, labelValue, namespaceName } from "../validation/kubernetes-names";
import { entryViolations } from "../validation/maps";
import { itemViolations } from "../validation/lists";
import { check, integer, oneOf, type Rule } from "../validation/rules";
import type { Violation } from "../validation/violations";
import {
  SelectorOperator,
  type AffinityArgs,
  type LabelSelectorRequirementArgs,
  type NodeSelectorRequirementArgs,
  type NodeSelectorTermArgs,
  type PodAffinityArgs,
  type PodAffinityTermArgs,
} from "./affinity-args";

const key = labelKey("topology.kubernetes.io/zone");
const value = labelValue("storage");
const weight = integer(1, 100, "points", 100);

const { Gt: _above, Lt: _below, ...ofPods } = SelectorOperator;

/** Returns what is wrong with the affinity of the gateway's pod. */
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
  return notEmpty(`${field}.matchExpressions`, term?.matchExpressions, (place, one) =>
    requirement(place, one, SelectorOperator),
  );
}

function termOfPods(field: string, term: PodAffinityTermArgs | undefined): Violation[] {
  const { topologyKey, labelSelector, namespaces } = term ?? {};
  return [
    ...check(`${field}.topologyKey`, topologyKey, labelKey("kubernetes.io/hostname")),
    ...entryViolations(`${field}.labelSelector.matchLabels`, labelSelector?.matchLabels, { form: key }, () => value),
    ...itemViolations(`${field}.labelSelector.matchExpressions`, labelSelector?.matchExpressions, (place, one) =>
      requirement(place, one, ofPods),
    ),
    ...itemViolations(`${field}.namespaces`, namespaces, (place, one) => check(place, one, namespaceName("photos"))),
  ];
}

function requirement(
  field: string,
  { key: name, operator, values }: NodeSelectorRequirementArgs | LabelSelectorRequirementArgs,
  operators: Readonly<Record<string, string>>,
): Violation[] {
  const violations = [
    ...check(`${field}.key`, name, key),
    ...check(`${field}.operator`, operator, oneOf(operators, SelectorOperator.In)),
  ];
  return violations.length > 0 ? violations : check(`${field}.values`, values, valuesFor(operator));
}

function valuesFor(operator: SelectorOperator): Rule {
  switch (operator) {
    case SelectorOperator.Exists:
    case SelectorOperator.DoesNotExist:
      return {
        allowed: `nothing with the operator "${operator}"`,
        holds: (given) => given === undefined || (Array.isArray(given) && given.length === 0),
        example: undefined,
      };
    case SelectorOperator.Gt:
    case SelectorOperator.Lt:
      return {
        allowed: `one whole number, as a text, with the operator "${operator}"`,
        holds: (given) => Array.isArray(given) && given.length === 1 && /^-?\d{1,18}$/.test(String(given[0])),
        example: ["4"],
      };
    case SelectorOperator.In:
    case SelectorOperator.NotIn:
      return {
        allowed: `at least one value of a label with the operator "${operator}"`,
        holds: (given) => Array.isArray(given) && given.length > 0 && given.every((one) => value.holds(one)),
        example: ["storage"],
      };
  }
}

/** As `itemViolations`, of a list that Kubernetes would match no node with where it is empty. */
function notEmpty<T>(
  field: string,
  list: readonly T[] | undefined,
  violationsOf: (place: string, one: T) => Violation[],
): Violation[] {
  if (list !== undefined && list.length > 0) return itemViolations(field, list, violationsOf);
  return [{ field, got: list, allowed: "at least one: none would match no node", fixes: [{ field: "affinity" }] }];
}
