import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import type { StackIdentity } from "./problems";

/** Returns the value of a key in the stack file, with secrets as `{ secure: "…" }`; undefined if unknown. */
export type WrittenConfig = (key: string) => unknown;

/**
 * Reads `Pulumi.<stack>.yaml` on first use. Pulumi reports only whether a whole key contains a secret.
 *
 * @param directory folder of `Pulumi.yaml`
 */
export function writtenConfig(directory: string, { project, stack }: StackIdentity): WrittenConfig {
  let config: Record<string, unknown> | undefined;
  return (key) => (config ??= readConfigOf(path.join(directory, `Pulumi.${stack}.yaml`)))[`${project}:${key}`];
}

function readConfigOf(file: string): Record<string, unknown> {
  if (!existsSync(file)) return {};
  try {
    return (parse(readFileSync(file, "utf8")) as { config?: Record<string, unknown> } | null)?.config ?? {};
  } catch {
    return {}; // another file is in use, or Pulumi itself reports the error
  }
}
