import { readFileSync, writeFileSync } from "node:fs";
import { parse, stringify } from "yaml";

/** The part of a stack's configuration that benchmarks and tests change, keys without the project's name. */
export interface StackConfig {
  longhorn: Record<string, unknown>;
  stores: Record<string, Record<string, unknown>>;
}

/** Changes a stack's settings file. What comes back puts it as it was. */
export function changeSettings(file: string, change: (config: StackConfig) => void): () => void {
  const before = readFileSync(file, "utf8");
  const settings = parse(before) as { config: Record<string, unknown> };
  const config = {
    longhorn: settings.config["longhorn-s3:longhorn"],
    stores: settings.config["longhorn-s3:stores"],
  } as StackConfig;
  change(config);
  settings.config["longhorn-s3:longhorn"] = config.longhorn;
  settings.config["longhorn-s3:stores"] = config.stores;
  writeFileSync(file, stringify(settings));
  return () => writeFileSync(file, before);
}
