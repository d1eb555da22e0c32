import * as pulumi from "@pulumi/pulumi";
import { isSecretName, withoutSecrets } from "./secrets";

/** Placeholder for a secret in messages, both for given and for suggested values. */
export const hiddenSecret = Symbol.for("longhorn-s3: a secret");

/** Maximum length of a value in messages. */
const longestValue = 300;

/**
 * Returns a value for a message, without secrets and control characters.
 *
 * @param name name of the input, which decides whether the value is a secret
 */
export function valueText(value: unknown, name = ""): string {
  if (value === undefined) return "nothing";
  return shortened(visible(textOf(shownUnder(name, value))), longestValue);
}

/** Escapes characters that a terminal interprets or does not display. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu, escaped);
}

/** Truncates a long string and appends its length. */
export function shortened(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest)}… (${text.length} characters)`;
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, "0")}`;
}

function textOf(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  const noun = nounFor(value);
  if (noun !== undefined) return noun;
  try {
    return JSON.stringify(value, shownInJson);
  } catch {
    return "an object";
  }
}

/**
 * Replaces values that JSON cannot represent. It reads the value from its holder, because `toJSON` has already converted an
 * Output.
 */
function shownInJson(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  const shown = shownUnder(key, nounFor(this[key]) === undefined ? value : this[key]);
  return nounFor(shown) ?? shown;
}

/** Returns `value` without secrets. The name of its key may mark it as one. */
function shownUnder(key: string, value: unknown): unknown {
  const isText = typeof value === "string" || typeof value === "number";
  if (isText && isSecretName(key)) return hiddenSecret;
  if (typeof value === "string") return withoutSecrets(value);
  return key === "credentials" ? withoutTexts(value) : value;
}

/** Hides all strings of `credentials`, except the name of a Secret. */
function withoutTexts(value: unknown): unknown {
  if (typeof value !== "object" || value === null || nounFor(value) !== undefined) return value;
  const entries = Object.entries(value).map(([key, inner]: [string, unknown]) => {
    return [key, typeof inner === "string" && key !== "existingSecretName" ? hiddenSecret : inner];
  });
  return Object.fromEntries(entries);
}

/** Returns a noun for a value that JSON would omit, change or refuse; undefined for others. */
function nounFor(value: unknown): string | undefined {
  if (value === hiddenSecret) return "a secret";
  if (pulumi.Output.isInstance(value)) return "an Output";
  if (value instanceof Promise) return "a Promise";
  if (typeof value === "number") return Number.isFinite(value) ? undefined : String(value);
  if (typeof value === "bigint") return `${value}n`;
  return typeof value === "function" || typeof value === "symbol" ? `a ${typeof value}` : undefined;
}
