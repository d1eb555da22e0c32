import { check, type Rule } from "./rules";
import type { Violation } from "./violations";

/** The name of a map's entry in messages, a property path: `labels["example.com/team"]`. */
export function entryOf(field: string, key: string): string {
  return `${field}[${JSON.stringify(key)}]`;
}

/** What the keys of a map have to be. */
export interface KeyRule {
  /** What every key is. */
  form: Rule;
  /** Why a well-formed key cannot be taken; undefined where it can. */
  refused?: (key: string) => string | undefined;
  /** The key that was most likely meant; undefined where there is none. */
  nearest?: (key: string) => string | undefined;
}

/** Everything that is wrong with the entries of a map, which may be left out. */
export function entryViolations(
  field: string,
  map: Readonly<Record<string, unknown>> | undefined,
  keys: KeyRule,
  ruleOf: (key: string) => Rule,
): Violation[] {
  const given: unknown = map ?? {};
  // A program without types can give anything.
  if (typeof given !== "object" || Array.isArray(given)) {
    return [{ field, got: given, allowed: "values by their names", fixes: [{ field }] }];
  }
  return Object.entries(given as Record<string, unknown>).flatMap(([key, value]) => {
    const reason = keys.form.holds(key) ? keys.refused?.(key) : `as a key, ${keys.form.allowed}`;
    if (reason === undefined) return check(entryOf(field, key), value, ruleOf(key));
    const nearest = keys.nearest?.(key);
    const fix = nearest === undefined ? { field: entryOf(field, key) } : { field: entryOf(field, nearest), value };
    return [{ field: entryOf(field, key), got: value, allowed: reason, fixes: [fix] }];
  });
}
