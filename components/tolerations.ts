import { labelKey, labelValue } from "./validation/kubernetes-names";
import { itemViolations } from "./validation/lists";
import { check, checkAbsent, checkOptional, integer, oneOf } from "./validation/rules";
import type { Violation } from "./validation/violations";

/** How a toleration is compared with a taint. */
export const TolerationOperator = {
  /** The taint has the key, whatever its value is. */
  Exists: "Exists",
  /** The taint has the key and the value. */
  Equal: "Equal",
} as const;

export type TolerationOperator = (typeof TolerationOperator)[keyof typeof TolerationOperator];

/** What a taint does with pods that do not tolerate it. */
export const TaintEffect = {
  /** None is placed on the node; those that run there stay. */
  NoSchedule: "NoSchedule",
  /** None is placed on the node as long as there is another. */
  PreferNoSchedule: "PreferNoSchedule",
  /** None is placed on the node, and those that run there are evicted. */
  NoExecute: "NoExecute",
} as const;

export type TaintEffect = (typeof TaintEffect)[keyof typeof TaintEffect];

/**
 * Toleration of a taint.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
 */
export interface TolerationArgs {
  /**
   * Key of the taint.
   * @default every key; with the operator `Exists` only
   * @example "dedicated"
   */
  key?: string;
  /**
   * How key and value are compared.
   * @default "Equal"
   */
  operator?: TolerationOperator;
  /**
   * Value of the taint; not with the operator `Exists`.
   * @default the empty value
   * @example "storage"
   */
  value?: string;
  /**
   * Effect of the taint.
   * @default every effect
   */
  effect?: TaintEffect;
  /**
   * How many seconds a pod stays on a node that gets the taint; with the effect `NoExecute` only. 0 evicts at once.
   * @default without limit
   * @example 300
   */
  tolerationSeconds?: number;
}

/** Everything that is wrong with the tolerations of `field`, by the rules of the API server. */
export function tolerationViolations(field: string, tolerations: readonly TolerationArgs[] | undefined): Violation[] {
  return itemViolations(field, tolerations, violationsOfOne);
}

function violationsOfOne(place: string, { key, operator, value, effect, tolerationSeconds }: TolerationArgs) {
  return [
    ...(key === undefined
      ? keyMayBeMissing(`${place}.key`, operator)
      : check(`${place}.key`, key, labelKey("dedicated"))),
    ...checkOptional(`${place}.operator`, operator, oneOf(TolerationOperator, TolerationOperator.Exists)),
    ...(operator === TolerationOperator.Exists
      ? checkAbsent(`${place}.value`, value, 'nothing with the operator "Exists", which takes every value')
      : checkOptional(`${place}.value`, value, labelValue("storage"))),
    ...checkOptional(`${place}.effect`, effect, oneOf(TaintEffect, TaintEffect.NoSchedule)),
    ...(effect === TaintEffect.NoExecute
      ? checkOptional(`${place}.tolerationSeconds`, tolerationSeconds, integer(0, mostSeconds, "seconds", 300))
      : checkAbsent(
          `${place}.tolerationSeconds`,
          tolerationSeconds,
          'nothing without the effect "NoExecute": no other evicts pods',
        )),
  ];
}

/** What fits in the 64 bits of the API and in a number of JavaScript. */
const mostSeconds = Number.MAX_SAFE_INTEGER;

function keyMayBeMissing(field: string, operator: unknown): Violation[] {
  if (operator === TolerationOperator.Exists) return [];
  const everyTaint = {
    field: field.replace(/key$/, "operator"),
    value: TolerationOperator.Exists,
    note: "then it is every taint",
  };
  return [
    {
      ...{
        field,
        got: undefined,
        allowed: 'the key of a taint, which may be left out with the operator "Exists" only',
      },
      fixes: [{ field, value: "dedicated" }, everyTaint],
    },
  ];
}
