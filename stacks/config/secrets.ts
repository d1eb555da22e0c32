import { isDeepStrictEqual } from "node:util";
import { hiddenSecret } from "../../components/validation/violations";
import type { ConfigPath, ConfigProblem } from "./problems";
import { schemaWithin, type Schema } from "../../components/validation/schema";
import type { WrittenConfig } from "./stack-file";

/** Whether a value of a place may stand in a message: in a key with a secret in it, only what everybody can read in the stack's file. */
export function shownIn(isSecret: (key: string) => boolean, written: WrittenConfig) {
  return (path: ConfigPath, value: unknown): boolean => {
    const [key = "", ...rest] = path;
    if (!isSecret(String(key))) return true;
    return isDeepStrictEqual(rest.reduce(writtenWithin, written(String(key))), value);
  };
}

/**
 * Secrets that stand in the configuration as plain text, and texts that stand there as secrets where none is kept.
 *
 * @param written the same as it stands in the stack's file
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
 * Reports whether `value` is what stands in the stack's file, but for what is encrypted there. With another file in use, as by
 * `--config-file`, it is not.
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

/** As Pulumi writes a secret. */
function isEncrypted(written: unknown): boolean {
  return typeof writtenWithin(written, "secure") === "string" && Object.keys(written as object).length === 1;
}

function plainSecret(path: ConfigPath): ConfigProblem {
  return {
    path,
    got: hiddenSecret,
    allowed: "a secret of the configuration only: as plain text, everybody can read it in the stack's file",
    fixes: [{ set: [{ path, value: hiddenSecret }] }],
  };
}

function unkeptSecret(path: ConfigPath): ConfigProblem {
  return {
    path,
    got: hiddenSecret,
    allowed: "no secret: from here it would go into the stack's state as plain text",
    fixes: [{ remove: [path], note: "and, where it is none, set it again without --secret" }],
  };
}

/** The problem without its value. */
export function withoutValue({ path, got, allowed, fixes }: ConfigProblem): ConfigProblem {
  const hide = <T extends { value: unknown }>(change: T): T =>
    isDeepStrictEqual(change.value, got) ? { ...change, value: hiddenSecret } : change;
  return { path, got: hiddenSecret, allowed, fixes: fixes.map(({ set, ...fix }) => ({ ...fix, set: set?.map(hide) })) };
}
