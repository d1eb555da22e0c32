import { isPlainObject } from "./property-path";
import { check, fixFor, type Rule } from "./rules";
import type { Fix, Violation } from "./violations";

/** Returns the property path of a map's entry, such as `labels["example.com/team"]`. */
export function entryOf(field: string, key: string): string {
  return `${field}[${JSON.stringify(key)}]`;
}

/** Rule of a map's keys. */
export interface KeyRule {
  /** Format of each key. */
  form: Rule;
  /** Returns the reason why a well-formed key is not allowed; undefined if it is. */
  refused?: (key: string) => string | undefined;
  /** Returns the key that was most likely meant; undefined if there is none. */
  nearest?: (key: string) => string | undefined;
}

/** Returns the violations of a map's entries. The map is optional. */
export function entryViolations(
  field: string,
  map: Readonly<Record<string, unknown>> | undefined,
  keys: KeyRule,
  ruleOf: (key: string) => Rule,
): Violation[] {
  // Programs without types can pass any value.
  const given: unknown = map === undefined ? {} : map;
  if (!isPlainObject(given)) return [{ field, got: given, allowed: "a map of values by name", fixes: [{ field }] }];
  return Object.entries(given).flatMap(([key, value]) => {
    const reason = keys.form.holds(key) ? keys.refused?.(key) : `as the key, ${keys.form.allowed}`;
    if (reason === undefined) return check(entryOf(field, key), value, ruleOf(key));
    return [
      { field: entryOf(field, key), got: value, allowed: reason, fixes: [fixOfKey(field, key, value, keys, ruleOf)] },
    ];
  });
}

/** Returns the fix of an invalid key: the key that was most likely meant, with a valid value, or the removal of the entry. */
function fixOfKey(
  field: string,
  key: string,
  value: unknown,
  { nearest }: KeyRule,
  ruleOf: (key: string) => Rule,
): Fix {
  const meant = nearest?.(key);
  if (meant === undefined) return { field: entryOf(field, key) };
  const rule = ruleOf(meant);
  const fit = rule.holds(value) ? value : fixFor(rule, value);
  return { field: entryOf(field, meant), value: fit, instead: entryOf(field, key) };
}
