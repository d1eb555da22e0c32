import { spawn } from "node:child_process";
import { configKey } from "../../stacks/config/problems";
import type { ConfigSecret } from "./config-secrets";

/** Target of the secrets. */
interface SecretSettings {
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
