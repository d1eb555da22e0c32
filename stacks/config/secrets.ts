import { isDeepStrictEqual } from "node:util";
import { hiddenSecret } from "../../components/validation/violations";
import type { ConfigPath, ConfigProblem } from "./problems";
import { schemaWithin, type Schema } from "../../components/validation/schema";
import type { WrittenConfig } from "./stack-file";

/**
 * Returns a function that reports whether a message may contain a value. For a key that contains a secret, only values that are
 * in plain text in the stack file are allowed.
 */
export function shownIn(isSecret: (key: string) => boolean, written: WrittenConfig) {
  return (path: ConfigPath, value: unknown): boolean => {
    const [key = "", ...rest] = path;
    if (!isSecret(String(key))) return true;
    return isDeepStrictEqual(rest.reduce(writtenWithin, written(String(key))), value);
  };
}

/**
 * Returns problems for secrets in plain text, and for encrypted strings where no secret is expected.
 *
 * @param written value as written in the stack file
 */
export function misplacedSecrets(
  value: unknown,
  written: unknown,
  schema: Schema | undefined,
  path: ConfigPath,
): ConfigProblem[] {
  if (isEncrypted(written)) return typeof value === "string" && !schema?.writeOnly ? [unkeptSecret(path)] : [];
  if (schema?.writeOnly) return value !== undefined && value === written ? [plainSecret(path)] : [];
  if (typeof value !== "object" || value === null) return [];
  const place = (key: string): string | number => (Array.isArray(value) ? Number(key) : key);
  return Object.entries(value).flatMap(([key, inner]) =>
    misplacedSecrets(inner, writtenWithin(written, key), schema && schemaWithin(schema, key), [...path, place(key)]),
  );
}

/**
 * Reports whether `value` equals the value in the stack file, except for encrypted values. It does not if another file is in
 * use, for example with `--config-file`.
 */
export function isAsWritten(value: unknown, written: unknown): boolean {
  if (isEncrypted(written)) return true;
  if (typeof value !== "object" || value === null) return isDeepStrictEqual(value, written);
  const isObject = typeof written === "object" && written !== null;
  if (!isObject || Object.keys(written).length !== Object.keys(value).length) return false;
  return Object.entries(value).every(([key, inner]) => isAsWritten(inner, writtenWithin(written, key)));
}

function writtenWithin(written: unknown, key: string | number): unknown {
  return typeof written === "object" && written !== null && Object.hasOwn(written, key)
    ? (written as Record<string | number, unknown>)[key]
    : undefined;
}

/** Reports whether a value is encrypted by Pulumi. */
function isEncrypted(written: unknown): boolean {
  return typeof writtenWithin(written, "secure") === "string" && Object.keys(written as object).length === 1;
}

function plainSecret(path: ConfigPath): ConfigProblem {
  return {
    path,
    got: hiddenSecret,
    allowed: "an encrypted secret: in plain text, everyone with access to the stack file can read it",
    fixes: [{ set: [{ path, value: hiddenSecret }] }],
  };
}

function unkeptSecret(path: ConfigPath): ConfigProblem {
  return {
    path,
    got: hiddenSecret,
    allowed: "no secret, because this value is stored in the stack's state as plain text",
    fixes: [{ remove: [path], note: "if it is not a secret, set it again without --secret" }],
  };
}

/** Returns the problem without its value. */
export function withoutValue({ path, got, allowed, fixes }: ConfigProblem): ConfigProblem {
  const hide = <T extends { value: unknown }>(change: T): T =>
    isDeepStrictEqual(change.value, got) ? { ...change, value: hiddenSecret } : change;
  return { path, got: hiddenSecret, allowed, fixes: fixes.map(({ set, ...fix }) => ({ ...fix, set: set?.map(hide) })) };
}
