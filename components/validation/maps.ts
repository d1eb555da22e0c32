import { isPlainObject } from "./property-path";
import { check, fixFor, type Rule } from "./rules";
import type { Fix, Violation } from "./violations";

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
  // A program without types can give anything.
  const given: unknown = map === undefined ? {} : map;
  if (!isPlainObject(given)) return [{ field, got: given, allowed: "values by their names", fixes: [{ field }] }];
  return Object.entries(given).flatMap(([key, value]) => {
    const reason = keys.form.holds(key) ? keys.refused?.(key) : `as a key, ${keys.form.allowed}`;
    if (reason === undefined) return check(entryOf(field, key), value, ruleOf(key));
    return [
      { field: entryOf(field, key), got: value, allowed: reason, fixes: [fixOfKey(field, key, value, keys, ruleOf)] },
    ];
  });
}

/** Gives the entry the key that was meant, with a value that may stand there; without such a key, takes it away. */
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
