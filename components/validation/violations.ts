import * as pulumi from "@pulumi/pulumi";
import { isPlainObject } from "./property-path";

/** One change that, alone, puts a violation right. */
export interface Fix {
  /** Path of the input to change, as in `volume.size`. */
  field: string;
  /** Its new value; undefined means that the input is to be taken away. */
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

/** Stands for a secret, which no message shows: as the value that was given, or as one that is to be given. */
export const hiddenSecret = Symbol.for("longhorn-s3: a secret");

/** Inputs were refused: says which, why, and what to do. Pulumi prints the message without a stack trace. */
export class InvalidArgsError extends pulumi.RunError {
  override readonly name = "InvalidArgsError";
  readonly violations: readonly Violation[];

  constructor(subject: string, violations: readonly Violation[]) {
    const count = violations.length === 1 ? "an input is" : `${violations.length} inputs are`;
    super([`${subject} cannot be built, ${count} refused:`, ...violations.map((one) => violationText(one))].join("\n"));
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
  const ways = fixes.map((fix, index) => `    ${index === 0 ? "fix" : "or"}: ${fixText(fix)}${noteText(fix)}`);
  return [`  ${field}: got ${valueText(got)}; allowed: ${allowed}`, ...ways].join("\n");
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

function fixAsInput({ field, value, instead }: Fix): string {
  if (value === undefined) return `leave ${field} out`;
  return `${field}: ${valueText(value)}${instead === undefined ? "" : `, instead of ${instead}`}`;
}

function noteText({ note }: Fix): string {
  return note === undefined ? "" : ` (${note})`;
}

/** Returns a value as a message shows it. */
export function valueText(value: unknown): string {
  if (value === undefined) return "nothing";
  return placeholder(value) ?? JSON.stringify(withPlaceholders(value));
}

/** Returns the words for a value that cannot be shown; undefined for any other value. */
function placeholder(value: unknown): string | undefined {
  if (value === hiddenSecret) return "a secret";
  if (pulumi.Output.isInstance(value)) return "an Output";
  return value instanceof Promise ? "a Promise" : undefined;
}

function withPlaceholders(value: unknown): unknown {
  const words = placeholder(value);
  if (words !== undefined) return words;
  if (Array.isArray(value)) return value.map(withPlaceholders);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withPlaceholders(inner)]));
}
