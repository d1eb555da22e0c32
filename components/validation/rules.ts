import * as pulumi from "@pulumi/pulumi";
import { nearestKey } from "./nearest-key";
import { parseQuantity } from "./quantity";
import { hiddenSecret, refuse, type Violation } from "./violations";

/** What an input has to be. */
export interface Rule {
  /** What is allowed, in words that complete "allowed: …". */
  allowed: string;
  holds: (value: unknown) => boolean;
  /** A value that holds, offered as the fix. */
  example: unknown;
  /** The value that holds and that was most likely meant by one that does not; undefined if there is none. */
  meant?: (value: unknown) => unknown;
}

/** A value that holds: the one that was most likely meant, else the example. */
export function fixFor(rule: Rule, value: unknown): unknown {
  const meant = rule.meant?.(value);
  return meant !== undefined && rule.holds(meant) ? meant : rule.example;
}

/** A violation if the required input `field` breaks `rule`; an Output is not known yet and is left to `checkedInput`. */
export function check(field: string, value: unknown, rule: Rule): Violation[] {
  if (isLater(value) || rule.holds(value)) return [];
  return [{ field, got: value, allowed: rule.allowed, fixes: [{ field, value: fixFor(rule, value) }] }];
}

/** As `check`, for an input that may be left out. */
export function checkOptional(field: string, value: unknown, rule: Rule): Violation[] {
  return value === undefined ? [] : check(field, value, rule);
}

/** As `check`, for a secret, which no message shows. */
export function checkSecret(field: string, value: unknown, rule: Rule): Violation[] {
  return hidden(check(field, value, rule));
}

/** A violation if `field` is given at all. */
export function checkAbsent(field: string, value: unknown, allowed: string): Violation[] {
  return value === undefined ? [] : [{ field, got: value, allowed, fixes: [{ field }] }];
}

/** The violations without the values that were given. */
export function hidden(violations: readonly Violation[]): Violation[] {
  return violations.map((violation) => ({ ...violation, got: violation.got === undefined ? undefined : hiddenSecret }));
}

/** `value`, which fails the update once it is known and breaks `rule`. A plain value has been checked and stays as it is. */
export function checkedInput<T>(subject: string, field: string, value: pulumi.Input<T>, rule: Rule): pulumi.Input<T> {
  if (!isLater(value)) return value;
  return pulumi.output(value).apply((known) => {
    refuse(subject, check(field, known, rule));
    return known;
  }) as pulumi.Output<T>;
}

/** `value` as a secret, which fails the update once it is known and breaks `rule`. */
export function checkedSecret(
  subject: string,
  field: string,
  value: pulumi.Input<string>,
  rule: Rule,
): pulumi.Output<string> {
  return pulumi.secret(value).apply((known) => {
    refuse(subject, checkSecret(field, known, rule));
    return known;
  });
}

/** Whether an input's value is known only during the update. */
export function isLater(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

export const trueOrFalse: Rule = {
  allowed: "true or false",
  holds: (value) => typeof value === "boolean",
  example: true,
  meant: (value) => (value === "true" || value === "false" ? value === "true" : undefined),
};

/** One of an enumeration's values. */
export function oneOf(enumeration: Readonly<Record<string, string>>, example: string): Rule {
  const values = Object.values(enumeration);
  return {
    allowed: values.map((value) => JSON.stringify(value)).join(", "),
    holds: (value) => typeof value === "string" && values.includes(value),
    example,
    meant: (value) => (typeof value === "string" ? nearestKey(value, values) : undefined),
  };
}

/** A whole number, both bounds included. */
export function integer(minimum: number, maximum: number, unit: string, example: number): Rule {
  return {
    allowed: `a whole number of ${unit} from ${minimum} to ${maximum}`,
    holds: (value) => Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum,
    example,
    meant: (value) => (typeof value === "string" && value.trim() !== "" ? Number(value) : undefined),
  };
}

/** A Kubernetes quantity in bytes that is not smaller than `minimum`. */
export function bytesAtLeast(minimum: string, reason: string, example: string): Rule {
  const smallest = parseQuantity(minimum) ?? 0n;
  const largest = (1n << 63n) - 1n;
  return {
    allowed: `a Kubernetes quantity such as "${example}", at least "${minimum}" (${reason})`,
    holds: (value) => {
      const bytes = typeof value === "string" ? parseQuantity(value) : undefined;
      return bytes !== undefined && bytes >= smallest && bytes <= largest;
    },
    example,
  };
}

/** Part of a credential: no text in which a space or a line break could hide. */
export const credential: Rule = {
  allowed: "a text without spaces and line breaks",
  holds: (value) => typeof value === "string" && /^\S+$/.test(value),
  example: hiddenSecret,
};

/** A text that matches `pattern`, is not longer than `longest` and has no NUL, which neither Kubernetes nor Linux takes. */
export function text(pattern: RegExp, allowed: string, example: string, longest = 253): Rule {
  return {
    allowed,
    holds: (value) =>
      typeof value === "string" && value.length <= longest && !value.includes("\0") && pattern.test(value),
    example,
  };
}
