import { spawn } from "node:child_process";
import { configSchema } from "../../stacks/config/schema.generated";
import { type ConfigPath, configKey } from "../../stacks/config/problems";
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

/** Target of the secrets. */
export interface SecretSettings {
  /** Working directory. */
  directory: string;
  environment: Readonly<Record<string, string>>;
  stack: string;
  project: string;
  secrets: readonly ConfigSecret[];
  signal?: AbortSignal;
}

/**
 * Sets encrypted secrets in the stack's configuration. The CLI reads each from its standard input. In an argument list, as the
 * Automation API passes it, every user of the machine could read it.
 */
export async function setSecrets(command: string, settings: SecretSettings): Promise<void> {
  const { stack, project, secrets } = settings;
  for (const { path, value } of secrets) {
    const key = configKey(path, { project, stack });
    const args = ["config", "set", "--stack", stack, "--secret", "--path", key, "--non-interactive"];
    await run(command, args, `${value}\n`, settings);
  }
}

function run(command: string, args: string[], input: string, { directory, environment, signal }: SecretSettings) {
  return new Promise<void>((resolve, reject) => {
    const env = { ...process.env, ...environment };
    const child = spawn(command, args, { cwd: directory, env, signal, stdio: ["pipe", "ignore", "pipe"] });
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
    child.once("error", reject);
    child.stdin.on("error", () => undefined); // a CLI that fails does not read it; its exit code says so
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`pulumi ${args.slice(0, 2).join(" ")} failed: ${errors.trim()}`));
    });
    child.stdin.end(input);
  });
}
