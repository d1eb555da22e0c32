import { configSchema } from "../../stacks/config/schema.generated";
import type { ConfigPath } from "../../stacks/config/problems";
import { misplacedSecrets } from "../../stacks/config/secrets";
import { omitPaths } from "../../stacks/config/omit-paths";

/** Secret of a configuration, and its path. */
export interface ConfigSecret {
  path: ConfigPath;
  value: string;
}

/** Returns the secret texts of a configuration. */
export function secretsIn(config: object): ConfigSecret[] {
  return misplacedSecrets(config, config, configSchema, [])
    .map(({ path }) => ({ path, value: valueAt(config, path) }))
    .filter((secret): secret is ConfigSecret => typeof secret.value === "string");
}

/** Returns a copy of the configuration without these secrets. */
export function withoutSecrets(config: object, secrets: readonly ConfigSecret[]): Record<string, unknown> {
  return omitPaths(
    config,
    secrets.map(({ path }) => path),
  ) as Record<string, unknown>;
}

function valueAt(config: object, path: ConfigPath): unknown {
  return path.reduce<unknown>((value, segment) => (value as Record<string | number, unknown>)[segment], config);
}
