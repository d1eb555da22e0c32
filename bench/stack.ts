import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import type { Sandbox } from "../sandbox";
import { openDeployment } from "../tool/deploy/deployment";
import { sandboxStackName } from "../tool/deploy/workspace";
import { repositoryDirectory } from "../tool/repository";
import { followEvents, type TimedEvent } from "./engine-events";
import type { ExportedState } from "./rival/exported-state";
import { timed, type Command, type Timing } from "./timed-command";

/** The stack's configuration, keys without the project's name. */
export interface StackConfig {
  longhorn: Record<string, unknown>;
  stores: Record<string, Record<string, unknown>>;
}

/** A stack on a sandbox, driven by the CLI as a user does it. */
export interface BenchStack {
  preview(): Promise<Timing>;
  /** Without the preview that `pulumi up` begins with: the rival has none. */
  up(): Promise<Timing & { events: TimedEvent[] }>;
  destroy(): Promise<Timing>;
  /** The state, secrets in the clear. */
  exported(): Promise<ExportedState>;
  configure(change: (config: StackConfig) => void): void;
}

/** What every operation is told: no questions, no terminal, no progress dots. */
const quiet = ["--non-interactive", "--color=never", "--suppress-progress"];

/** The repository's own program on `sandbox`. */
export const openStoreStack = (sandbox: Sandbox, signal?: AbortSignal): Promise<BenchStack> =>
  openStack(sandbox, repositoryDirectory, "stores", signal);

/** A program without a line, with the same settings, run by the same CLI and language host in the same way. */
export function openEmptyStack(sandbox: Sandbox, signal?: AbortSignal): Promise<BenchStack> {
  const project = join(sandbox.directory, "empty-program");
  mkdirSync(join(project, "stacks"), { recursive: true });
  for (const file of ["Pulumi.yaml", `Pulumi.${sandboxStackName}.yaml`, "package.json", "tsconfig.json"]) {
    writeFileSync(join(project, file), readFileSync(join(repositoryDirectory, file)));
  }
  writeFileSync(
    join(project, "stacks", "tsconfig.json"),
    readFileSync(join(repositoryDirectory, "stacks", "tsconfig.json")),
  );
  writeFileSync(join(project, "stacks", "index.ts"), "export {};\n");
  symlinkSync(join(repositoryDirectory, "node_modules"), join(project, "node_modules"));
  return openStack(sandbox, project, "empty", signal);
}

async function openStack(
  sandbox: Sandbox,
  projectDirectory: string,
  name: string,
  signal?: AbortSignal,
): Promise<BenchStack> {
  const stateDirectory = join(sandbox.directory, `bench-${name}`);
  const { binDirectory } = sandbox.toolchain;
  const deployment = await openDeployment({
    projectDirectory,
    stateDirectory,
    binDirectory,
    values: { kubeconfig: sandbox.kubeconfig, context: "sandbox", chart: sandbox.chart },
  });
  const env = {
    ...process.env,
    ...deployment.shellEnvironment,
    PATH: `${binDirectory}:${process.env["PATH"] ?? ""}`,
    KUBECONFIG: sandbox.kubeconfig,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DEBUG_COMMANDS: "true", // it is what gives the CLI its --event-log
  };
  const pulumi = (...args: string[]): Command => ({
    program: join(binDirectory, "pulumi"),
    args: [...args, "--stack", sandboxStackName],
    env,
    cwd: projectDirectory,
  });
  const operation = (...args: string[]): Command =>
    pulumi(...args, ...quiet, "--suppress-outputs", "--config-file", deployment.settingsFile);
  return {
    preview: () => timed([operation("preview")], signal),
    async up() {
      const log = join(stateDirectory, "events.jsonl");
      const following = followEvents(log);
      const timing = await timed([operation("up", "--yes", "--skip-preview", "--event-log", log)], signal);
      return { ...timing, events: following.end() };
    },
    destroy: () => timed([operation("destroy", "--yes", "--skip-preview")], signal),
    async exported() {
      const { output } = await timed([pulumi("stack", "export", "--show-secrets")], signal);
      return JSON.parse(output) as ExportedState;
    },
    configure: (change) => changeSettings(deployment.settingsFile, change),
  };
}

function changeSettings(file: string, change: (config: StackConfig) => void): void {
  const settings = parse(readFileSync(file, "utf8")) as { config: Record<string, unknown> };
  const config = {
    longhorn: settings.config["longhorn-s3:longhorn"],
    stores: settings.config["longhorn-s3:stores"],
  } as StackConfig;
  change(config);
  settings.config["longhorn-s3:longhorn"] = config.longhorn;
  settings.config["longhorn-s3:stores"] = config.stores;
  writeFileSync(file, stringify(settings));
}
