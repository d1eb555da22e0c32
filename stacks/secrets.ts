import * as pulumi from "@pulumi/pulumi";
import { hiddenSecret } from "../components/violations";
import type { ConfigPath, ConfigProblem } from "./problems";
import { schemaWithin, type Schema } from "./schema";

/** Whether there is a secret in a key of the configuration. Pulumi's SDK can tell, but does not declare it. */
export function isConfigSecret(key: string): boolean {
  return (pulumi.runtime as unknown as { isConfigSecret: (key: string) => boolean }).isConfigSecret(key);
}

/**
 * Secrets that stand in the configuration as plain text. Pulumi tells only of a whole key whether there is a secret in it.
 *
 * @param path where `value` stands, in a key without a secret in it
 */
export function plainSecrets(value: unknown, schema: Schema | undefined, path: ConfigPath): ConfigProblem[] {
  if (schema === undefined || value === undefined) return [];
  if (schema.writeOnly) return [plainSecret(path)];
  if (typeof value !== "object" || value === null) return [];
  const place = (key: string): string | number => (Array.isArray(value) ? Number(key) : key);
  return Object.entries(value).flatMap(([key, inner]) =>
    plainSecrets(inner, schemaWithin(schema, key), [...path, place(key)]),
  );
}

function plainSecret(path: ConfigPath): ConfigProblem {
  return {
    path,
    got: hiddenSecret,
    allowed: "a secret of the configuration only: as plain text, everybody can read it in the stack's file",
    fixes: [{ set: [{ path, value: hiddenSecret }] }],
  };
}

/** The problem without any text that may be a secret: that of a key nobody knows, or of one that it does not belong to. */
export function withoutTexts({ path, got, allowed, fixes }: ConfigProblem): ConfigProblem {
  const isText = typeof got === "string" || (typeof got === "object" && got !== null);
  if (!isText) return { path, got, allowed, fixes };
  const hide = <T extends { value: unknown }>(change: T): T =>
    change.value === got ? { ...change, value: hiddenSecret } : change;
  return { path, got: hiddenSecret, allowed, fixes: fixes.map(({ set, ...fix }) => ({ ...fix, set: set?.map(hide) })) };
}
