import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import type { StackIdentity } from "./problems";

/** What stands in a key of the stack's file, secrets as `{ secure: "…" }`; undefined where that is not known. */
export type WrittenConfig = (key: string) => unknown;

/**
 * Reads `Pulumi.<stack>.yaml`, when it is first asked for: Pulumi itself tells only of a whole key whether there is a secret in it.
 *
 * @param directory the folder of `Pulumi.yaml`
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
    return {}; // another file is used, or Pulumi itself says what is wrong with it
  }
}
