import * as pulumi from "@pulumi/pulumi";
import { pathSegments } from "./property-path";
import { shortened, valueText, visible } from "./value-text";

export { hiddenSecret, valueText } from "./value-text";

/** Change that fixes a violation. */
export interface Fix {
  /** Property path of the input to change, such as `volume.size`. */
  field: string;
  /** New value; undefined to remove the input. */
  value?: unknown;
  /** Property path of an input to remove together with the change. */
  instead?: string;
  /** Consequence of the change, if the value does not make it clear. */
  note?: string;
}

/** Violation of a rule by an input. */
export interface Violation {
  /** Property path of the input, such as `volume.size`. */
  field: string;
  /** Given value; undefined if not set. */
  got: unknown;
  /** Allowed values, with the reason if it helps. */
  allowed: string;
  /** Fixes, the most likely first. */
  fixes: readonly Fix[];
}

/** Error with all violations of a component's arguments, and their fixes. Pulumi prints its message without a stack trace. */
export class InvalidArgsError extends pulumi.RunError {
  override readonly name = "InvalidArgsError";
  readonly violations: readonly Violation[];

  constructor(subject: string, violations: readonly Violation[]) {
    const count = violations.length === 1 ? "1 invalid input" : `${violations.length} invalid inputs`;
    const header = `${shortened(visible(subject), longestSubject)} cannot be created, ${count}:`;
    super([header, ...violations.map((one) => violationText(one))].join("\n"));
    this.violations = violations;
  }
}

/**
 * Throws an `InvalidArgsError` if there are violations.
 *
 * @param subject owner of the inputs, such as `ObjectStore "photos"`
 */
export function refuse(subject: string, violations: readonly Violation[]): void {
  if (violations.length > 0) throw new InvalidArgsError(subject, violations);
}

/** Returns a violation as lines of text: the problem, then one line per fix, formatted by `fixText`. */
export function violationText({ field, got, allowed, fixes }: Violation, fixText = fixAsInput): string {
  const ways = fixes.map((fix, index) => `    ${index === 0 ? "fix" : "or"}: ${visible(fixText(fix) + noteText(fix))}`);
  const seen = valueText(got, nameIn(field));
  return [`  ${fieldText(field)}: got ${seen}; allowed: ${visible(allowed)}`, ...ways].join("\n");
}

/** Returns the violations of a part with the part's name in front of all property paths. */
export function within(part: string, violations: readonly Violation[]): Violation[] {
  return violations.map((violation) => ({
    ...violation,
    field: `${part}.${violation.field}`,
    fixes: violation.fixes.map(({ instead, ...fix }) => ({
      ...fix,
      field: `${part}.${fix.field}`,
      ...(instead !== undefined && { instead: `${part}.${instead}` }),
    })),
  }));
}

/** Maximum length of subjects and property paths in messages. */
const longestSubject = 300;

function fieldText(field: string): string {
  return shortened(visible(field), longestSubject);
}

/** Returns the name of an input: the last key of its path. */
function nameIn(field: string): string {
  return String(pathSegments(field).findLast((segment) => typeof segment === "string") ?? "");
}

function fixAsInput({ field, value, instead }: Fix): string {
  if (value === undefined) return `remove ${fieldText(field)}`;
  const old = instead === undefined ? "" : `, instead of ${fieldText(instead)}`;
  return `${fieldText(field)}: ${valueText(value, nameIn(field))}${old}`;
}

function noteText({ note }: Fix): string {
  return note === undefined ? "" : ` (${note})`;
}
