import * as pulumi from "@pulumi/pulumi";
import { nearestKey } from "./nearest-key";
import { parseQuantity } from "./quantity";
import { hiddenSecret, refuse, type Violation } from "./violations";

/** Rule of an input's value. */
export interface Rule {
  /** Allowed values, as text that completes "allowed: …". */
  allowed: string;
  holds: (value: unknown) => boolean;
  /** Valid value, suggested as the fix. */
  example: unknown;
  /** Returns the valid value that was most likely meant by an invalid one; undefined if there is none. */
  meant?: (value: unknown) => unknown;
}

/** Returns a valid value: the one that was most likely meant, or the example. */
export function fixFor(rule: Rule, value: unknown): unknown {
  const meant = rule.meant?.(value);
  return meant !== undefined && rule.holds(meant) ? meant : rule.example;
}

/** Returns the violation of a required input. Outputs are left to `checkedInput`. */
export function check(field: string, value: unknown, rule: Rule): Violation[] {
  if (isLater(value) || rule.holds(value)) return [];
  return [{ field, got: value, allowed: rule.allowed, fixes: [{ field, value: fixFor(rule, value) }] }];
}

/** Returns the violation of an optional input. */
export function checkOptional(field: string, value: unknown, rule: Rule): Violation[] {
  return value === undefined ? [] : check(field, value, rule);
}

/** Returns the violation of a required secret, without its value. */
export function checkSecret(field: string, value: unknown, rule: Rule): Violation[] {
  return hidden(check(field, value, rule));
}

/** Returns a violation if `field` is set. */
export function checkAbsent(field: string, value: unknown, allowed: string): Violation[] {
  return value === undefined ? [] : [{ field, got: value, allowed, fixes: [{ field }] }];
}

/** Returns the violations without the values. */
export function hidden(violations: readonly Violation[]): Violation[] {
  return violations.map((violation) => ({ ...violation, got: violation.got === undefined ? undefined : hiddenSecret }));
}

/** Returns the input. An Output fails the update if its value violates the rule. Plain values have been checked before. */
export function checkedInput<T>(subject: string, field: string, value: pulumi.Input<T>, rule: Rule): pulumi.Input<T> {
  if (!isLater(value)) return value;
  return pulumi.output(value).apply((known) => {
    refuse(subject, check(field, known, rule));
    return known;
  }) as pulumi.Output<T>;
}

/** Returns the input as a secret, which fails the update if its value violates the rule. */
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

/** Reports whether a value is known only during the update. */
export function isLater(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

export const trueOrFalse: Rule = {
  allowed: "true or false",
  holds: (value) => typeof value === "boolean",
  example: true,
  meant: (value) => (value === "true" || value === "false" ? value === "true" : undefined),
};

/** Returns a rule for the values of an enumeration. */
export function oneOf(enumeration: Readonly<Record<string, string>>, example: string): Rule {
  const values = Object.values(enumeration);
  return {
    allowed: values.map((value) => JSON.stringify(value)).join(", "),
    holds: (value) => typeof value === "string" && values.includes(value),
    example,
    meant: (value) => (typeof value === "string" ? nearestKey(value, values) : undefined),
  };
}

/** Returns a rule for an integer, including both bounds. */
export function integer(minimum: number, maximum: number, unit: string, example: number): Rule {
  return {
    allowed: `a whole number of ${unit} from ${minimum} to ${maximum}`,
    holds: (value) => Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum,
    example,
    meant: (value) => (typeof value === "string" && value.trim() !== "" ? Number(value) : undefined),
  };
}

/** Returns a rule for a Kubernetes quantity of at least `minimum` bytes. */
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

/** Rule of a part of a credential, which must not contain whitespace. */
export const credential: Rule = {
  allowed: "a string without whitespace",
  holds: (value) => typeof value === "string" && /^\S+$/.test(value),
  example: hiddenSecret,
};

/**
 * Returns a rule for a string that matches `pattern` and has at most `longest` characters. NUL is refused, because neither
 * Kubernetes nor Linux accepts it.
 */
export function text(pattern: RegExp, allowed: string, example: string, longest = 253): Rule {
  return {
    allowed,
    holds: (value) =>
      typeof value === "string" && value.length <= longest && !value.includes("\0") && pattern.test(value),
    example,
  };
}
