import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { sandboxStackName } from "../../tool/pulumi/workspace";
import { repositoryDirectory } from "../../tool/repository";

/** What people type when an operation was interrupted: the CLI itself, on one stack. */
export class PulumiCli {
  constructor(
    private readonly binDirectory: string,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly settingsFile: string,
  ) {}

  /** Gives up the lock that a killed CLI has left. */
  async cancel(): Promise<void> {
    await this.run(["cancel", "--yes"]);
  }

  /** Reads the cluster into the state. */
  async refresh(...flags: readonly string[]): Promise<void> {
    await this.run(["refresh", "--yes", "--skip-preview", ...flags, "--config-file", this.settingsFile]);
  }

  /** What an update would still change, cluster included; empty where nothing. */
  async remainingChanges(): Promise<string> {
    const flags = ["--refresh", "--diff", "--expect-no-changes", "--config-file", this.settingsFile];
    return this.run(["preview", ...flags]).then(
      () => "",
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
  }

  /** The state as `pulumi stack export` tells it: secrets stay encrypted. */
  async state(): Promise<unknown> {
    return JSON.parse(await this.run(["stack", "export"])) as unknown;
  }

  private async run(args: readonly string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(
      join(this.binDirectory, "pulumi"),
      [...args, "--stack", sandboxStackName, "--non-interactive", "--color", "never"],
      { cwd: repositoryDirectory, env: this.environment, maxBuffer: 64 * 1024 * 1024 },
    ).catch((error: Error & { stdout?: string; stderr?: string }) => {
      const said = [error.stderr, error.stdout].map((text) => text?.trim()).filter((text) => text);
      throw new Error(`pulumi ${args[0] ?? ""} failed: ${said.join("\n") || error.message}`);
    });
    return stdout;
  }
}
