import { labelKey, labelValue } from "./validation/kubernetes-names";
import { itemViolations } from "./validation/lists";
import { check, checkAbsent, checkOptional, integer, oneOf } from "./validation/rules";
import type { Violation } from "./validation/violations";

/** Operator that compares a toleration with a taint. */
export const TolerationOperator = {
  /** Matches any value of the key. */
  Exists: "Exists",
  /** Matches the key and the value. */
  Equal: "Equal",
} as const;

export type TolerationOperator = (typeof TolerationOperator)[keyof typeof TolerationOperator];

/** Effect of a taint on pods that do not tolerate it. */
export const TaintEffect = {
  /** New pods are not scheduled to the node; running pods stay. */
  NoSchedule: "NoSchedule",
  /** The scheduler avoids the node if another one is available. */
  PreferNoSchedule: "PreferNoSchedule",
  /** New pods are not scheduled to the node, and running pods are evicted. */
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
   * @default every key; requires the operator `Exists`
   * @example "dedicated"
   */
  key?: string;
  /**
   * Operator that compares key and value with the taint.
   * @default "Equal"
   */
  operator?: TolerationOperator;
  /**
   * Value of the taint. Not allowed with the operator `Exists`.
   * @default the empty string
   * @example "storage"
   */
  value?: string;
  /**
   * Effect of the taint.
   * @default every effect
   */
  effect?: TaintEffect;
  /**
   * Seconds that a pod stays on a node after the taint is added; requires the effect `NoExecute`. With 0, the pod is evicted
   * immediately.
   * @default no limit
   * @example 300
   */
  tolerationSeconds?: number;
}

/** Returns the violations of the tolerations in `field`, by the rules of the API server. */
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
      ? checkAbsent(`${place}.value`, value, 'unset with the operator "Exists", which matches every value')
      : checkOptional(`${place}.value`, value, labelValue("storage"))),
    ...checkOptional(`${place}.effect`, effect, oneOf(TaintEffect, TaintEffect.NoSchedule)),
    ...(effect === TaintEffect.NoExecute
      ? checkOptional(`${place}.tolerationSeconds`, tolerationSeconds, integer(0, mostSeconds, "seconds", 300))
      : checkAbsent(
          `${place}.tolerationSeconds`,
          tolerationSeconds,
          'unset unless the effect is "NoExecute", the only one that evicts pods',
        )),
  ];
}

/** The largest integer that JavaScript represents exactly. The API allows 64 bits. */
const mostSeconds = Number.MAX_SAFE_INTEGER;

function keyMayBeMissing(field: string, operator: unknown): Violation[] {
  if (operator === TolerationOperator.Exists) return [];
  const everyTaint = {
    field: field.replace(/key$/, "operator"),
    value: TolerationOperator.Exists,
    note: "matches every taint",
  };
  return [
    {
      ...{
        field,
        got: undefined,
        allowed: 'the key of a taint; it can be omitted only with the operator "Exists"',
      },
      fixes: [{ field, value: "dedicated" }, everyTaint],
    },
  ];
}
