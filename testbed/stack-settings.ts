import { readFileSync, writeFileSync } from "node:fs";
import { parse, stringify } from "yaml";
import type { LonghornOutputs } from "../components/stack-reference/contract";

/** Part of a stack's configuration that tests and benchmarks change, keys without the project's name. */
export interface StackConfig {
  /** Longhorn that the stack installs; ignored with `existingLonghorn`. */
  longhorn: Record<string, unknown>;
  existingLonghorn?: Record<string, unknown>;
  stores: Record<string, StoreConfig>;
}

export type StoreConfig = Record<string, unknown>;

const project = "longhorn-s3:";

/** Changes a stack's settings file. Returns a function that restores it. */
export function changeSettings(file: string, change: (config: StackConfig) => void): () => void {
  const before = readFileSync(file, "utf8");
  const settings = parse(before) as { config: Record<string, unknown> };
  const {
    [`${project}longhorn`]: longhorn = {},
    [`${project}existingLonghorn`]: existingLonghorn,
    [`${project}stores`]: stores,
    ...others
  } = settings.config;
  const config = { longhorn, existingLonghorn, stores } as StackConfig;
  change(config);
  settings.config = {
    ...others,
    ...(config.existingLonghorn === undefined
      ? { [`${project}longhorn`]: config.longhorn }
      : { [`${project}existingLonghorn`]: config.existingLonghorn }),
    [`${project}stores`]: config.stores,
  };
  writeFileSync(file, stringify(settings));
  return () => writeFileSync(file, before);
}

/** Arguments of a Longhorn that another stack has installed. */
export function existingLonghornOf(outputs: LonghornOutputs): Record<string, unknown> {
  const { chartVersion: version, storageClassName, podDeletionPolicy } = outputs;
  return { version, storageClassName, podDeletionPolicy };
}
