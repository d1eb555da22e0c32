import { longhornViolations, type LonghornArgs } from "../../../components/longhorn";
import type { Violation } from "../../../components/validation/violations";

/** Key of the stack's configuration without the project's name, as `pulumi config set --path` accepts it. */
export interface KeptValue {
  key: string;
  value: string;
}

/** Value with a key that the stack would refuse. */
export interface UndecidedValue extends KeptValue {
  /** Allowed values. */
  allowed: string;
}

/** Returns the values that the stack would refuse, by its own checks. Without them, it accepts the others. */
export function refusedOf(keeps: readonly KeptValue[], version: string): UndecidedValue[] {
  const violations = longhornViolations(argsOf(keeps, version));
  const refused = keeps.flatMap((kept) => {
    const violation = violations.find((one) => isAbout(one, kept));
    return violation === undefined ? [] : [{ ...kept, allowed: violation.allowed }];
  });
  if (refused.length === 0) return [];
  const accepted = keeps.filter((kept) => !refused.some(({ key }) => key === kept.key));
  // What is wrong together is found once each is right by itself.
  return [...refused, ...refusedOf(accepted, version)];
}

/** Returns whether a violation concerns a value, a part of it, or a value that contains it. */
function isAbout({ field }: Violation, { key }: KeptValue): boolean {
  const path = `longhorn.${field}`;
  return path === key || key.startsWith(`${path}.`) || path.startsWith(`${key}.`);
}

/** Returns the inputs that result from the keys. */
function argsOf(keeps: readonly KeptValue[], version: string): LonghornArgs {
  const args: Record<string, unknown> = { version };
  for (const { key, value } of keeps) {
    const [, ...path] = key.split(".");
    const last = path.pop() ?? "";
    let place = args;
    for (const name of path) place = (place[name] ??= {}) as Record<string, unknown>;
    place[last] = configured(value);
  }
  return args;
}

/** Parses a text like `pulumi config set --path`. */
function configured(text: string): unknown {
  if (text === "true" || text === "false") return text === "true";
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text) ? Number(text) : text;
}
