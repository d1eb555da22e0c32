import * as pulumi from "@pulumi/pulumi";
import { pathSegments } from "./property-path";
import { shortened, valueText, visible } from "./value-text";

export { hiddenSecret, valueText } from "./value-text";

/** One change that, alone, fixes a violation. */
export interface Fix {
  /** Path of the input to change, as in `volume.size`. */
  field: string;
  /** Its new value; undefined means that the input is to be left out. */
  value?: unknown;
  /** Path of an input to remove together with the change. */
  instead?: string;
  /** What the change means, where that is not plain from the value. */
  note?: string;
}

/** One input that cannot be taken as it is. */
export interface Violation {
  /** Path of the input, as in `volume.size`. */
  field: string;
  /** The value that was given; undefined where none was. */
  got: unknown;
  /** What is allowed, with the reason where there is one to give. */
  allowed: string;
  /** Ways out, the likeliest first. */
  fixes: readonly Fix[];
}

/** Inputs were refused: says which, why, and what to do. Pulumi prints the message without a stack trace. */
export class InvalidArgsError extends pulumi.RunError {
  override readonly name = "InvalidArgsError";
  readonly violations: readonly Violation[];

  constructor(subject: string, violations: readonly Violation[]) {
    const count = violations.length === 1 ? "an input is" : `${violations.length} inputs are`;
    const header = `${shortened(visible(subject), longestSubject)} cannot be built, ${count} refused:`;
    super([header, ...violations.map((one) => violationText(one))].join("\n"));
    this.violations = violations;
  }
}

/**
 * Throws every violation at once, if there is any.
 *
 * @param subject what the inputs belong to, as in `ObjectStore "photos"`
 */
export function refuse(subject: string, violations: readonly Violation[]): void {
  if (violations.length > 0) throw new InvalidArgsError(subject, violations);
}

/** A violation in lines: what is wrong, then one line for each way out, written by `fixText`. */
export function violationText({ field, got, allowed, fixes }: Violation, fixText = fixAsInput): string {
  const ways = fixes.map((fix, index) => `    ${index === 0 ? "fix" : "or"}: ${visible(fixText(fix) + noteText(fix))}`);
  const seen = valueText(got, nameIn(field));
  return [`  ${fieldText(field)}: got ${seen}; allowed: ${visible(allowed)}`, ...ways].join("\n");
}

/** The violations of a part, as the whole that the part belongs to names its inputs. */
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

/** Longest subject and longest path of an input that a message shows whole. */
const longestSubject = 300;

function fieldText(field: string): string {
  return shortened(visible(field), longestSubject);
}

/** Name of an input: the last key in its path. */
function nameIn(field: string): string {
  return String(pathSegments(field).findLast((segment) => typeof segment === "string") ?? "");
}

function fixAsInput({ field, value, instead }: Fix): string {
  if (value === undefined) return `leave ${fieldText(field)} out`;
  const old = instead === undefined ? "" : `, instead of ${fieldText(instead)}`;
  return `${fieldText(field)}: ${valueText(value, nameIn(field))}${old}`;
}

function noteText({ note }: Fix): string {
  return note === undefined ? "" : ` (${note})`;
}
