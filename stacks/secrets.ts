import * as pulumi from "@pulumi/pulumi";
import { hiddenSecret } from "../dist/components/violations";
import type { ConfigPath, ConfigProblem } from "./problems";
import type { Shape } from "./shape";

/** Whether there is a secret in a key of the configuration. Pulumi's SDK can tell, but does not declare it. */
export function isConfigSecret(key: string): boolean {
  return (pulumi.runtime as unknown as { isConfigSecret: (key: string) => boolean }).isConfigSecret(key);
}

/**
 * Secrets that stand in the configuration as plain text. Pulumi tells only of a whole key whether there is a secret in it.
 *
 * @param path where `value` stands, in a key without a secret in it
 */
export function plainSecrets(value: unknown, shape: Shape | undefined, path: ConfigPath): ConfigProblem[] {
  if (shape === undefined || value === undefined) return [];
  switch (shape.kind) {
    case "secret":
      return [plainSecret(path)];
    case "object":
      return below(value, (key) => shape.fields[key], path);
    case "map":
    case "list":
      return below(value, () => shape.each, path);
    case "anything":
    case "string":
    case "number":
    case "boolean":
      return [];
  }
}

function below(value: unknown, shapeOf: (key: string) => Shape | undefined, path: ConfigPath): ConfigProblem[] {
  if (typeof value !== "object" || value === null) return [];
  const place = (key: string): string | number => (Array.isArray(value) ? Number(key) : key);
  return Object.entries(value).flatMap(([key, inner]) => plainSecrets(inner, shapeOf(key), [...path, place(key)]));
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
