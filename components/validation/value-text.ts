import * as pulumi from "@pulumi/pulumi";
import { isSecretName, withoutSecrets } from "./secrets";

/** Stands for a secret, which no message shows: as the value that was given, or as one that is to be given. */
export const hiddenSecret = Symbol.for("longhorn-s3: a secret");

/** Longest value that a message shows whole. */
const longestValue = 300;

/**
 * Returns a value as a message shows it: without secrets, and without characters that a terminal acts on.
 *
 * @param name name of the input, which may be that of a secret
 */
export function valueText(value: unknown, name = ""): string {
  if (value === undefined) return "nothing";
  return shortened(visible(textOf(shownUnder(name, value))), longestValue);
}

/** Returns `text` with escapes for the characters that a terminal acts on or does not show. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu, escaped);
}

/** Returns the beginning of a long text, and how long it is. */
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

/** Looks at the holder: by the time that JSON hands over a value, an Output has become its complaint about `toJSON`. */
function shownInJson(this: Readonly<Record<string, unknown>>, key: string, value: unknown): unknown {
  const shown = shownUnder(key, nounFor(this[key]) === undefined ? value : this[key]);
  return nounFor(shown) ?? shown;
}

/** Returns `value` without the secrets that stand in it or, by the name of its key, are it. */
function shownUnder(key: string, value: unknown): unknown {
  const isText = typeof value === "string" || typeof value === "number";
  if (isText && isSecretName(key)) return hiddenSecret;
  if (typeof value === "string") return withoutSecrets(value);
  return key === "credentials" ? withoutTexts(value) : value;
}

/** Returns what stands under `credentials` without its texts, but for the name of a Secret. */
function withoutTexts(value: unknown): unknown {
  if (typeof value !== "object" || value === null || nounFor(value) !== undefined) return value;
  const entries = Object.entries(value).map(([key, inner]: [string, unknown]) => {
    return [key, typeof inner === "string" && key !== "existingSecretName" ? hiddenSecret : inner];
  });
  return Object.fromEntries(entries);
}

/** Returns a noun for a value that JSON would drop, change or refuse; undefined for others. */
function nounFor(value: unknown): string | undefined {
  if (value === hiddenSecret) return "a secret";
  if (pulumi.Output.isInstance(value)) return "an Output";
  if (value instanceof Promise) return "a Promise";
  if (typeof value === "number") return Number.isFinite(value) ? undefined : String(value);
  if (typeof value === "bigint") return `${value}n`;
  return typeof value === "function" || typeof value === "symbol" ? `a ${typeof value}` : undefined;
}
