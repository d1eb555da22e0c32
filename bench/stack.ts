import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { sandboxShell, sandboxStackName, openDeployment } from "../tool/pulumi/workspace";
import type { Sandbox } from "../sandbox";
import { repositoryDirectory } from "../tool/repository";
import { followEvents, type TimedEvent } from "./engine-events";
import type { ExportedState } from "./rival/exported-state";
import { changeSettings, type StackConfig } from "../testbed/stack-settings";
import { timed, type Command, type Timing } from "./timed-command";

/** A stack on a sandbox, operated by the CLI. */
export interface BenchStack {
  /** Folder of Pulumi.yaml. */
  projectDirectory: string;
  /** Environment of the CLI. */
  shell: NodeJS.ProcessEnv;
  /** @param environment additional variables of the processes */
  preview: (environment?: Record<string, string>) => Promise<Timing & { events: TimedEvent[] }>;
  /** Runs `pulumi up` without its preview, which the rival lacks too. */
  up(): Promise<Timing & { events: TimedEvent[] }>;
  destroy(): Promise<Timing>;
  /** Returns the state, with secrets in plaintext. */
  exported(): Promise<ExportedState>;
  configure(change: (config: StackConfig) => void): void;
}

/** Flags of every operation: no questions, no terminal, no progress dots. */
const quiet = ["--non-interactive", "--color=never", "--suppress-progress"];

/** Opens the repository's program on `sandbox`. */
export const openStoreStack = (sandbox: Sandbox, signal?: AbortSignal): Promise<BenchStack> =>
  openStack(sandbox, repositoryDirectory, "stores", signal);

/** Files of `pulumi new typescript`: a program that only imports the SDK, and is type-checked at each start. */
const newProject: Readonly<Record<string, string>> = {
  "Pulumi.yaml": stringify({ name: "longhorn-s3", runtime: { name: "nodejs", options: { packagemanager: "npm" } } }),
  "package.json": JSON.stringify({ name: "empty", main: "index.ts", devDependencies: { typescript: "^5.0.0" } }),
  "tsconfig.json": JSON.stringify({
    compilerOptions: {
      ...{ strict: true, outDir: "bin", target: "es2020", module: "nodenext", moduleResolution: "nodenext" },
      ...{ sourceMap: true, experimentalDecorators: true, pretty: true, noFallthroughCasesInSwitch: true },
      ...{ noImplicitReturns: true, forceConsistentCasingInFileNames: true },
    },
    files: ["index.ts"],
  }),
  "index.ts": 'import * as pulumi from "@pulumi/pulumi";\n',
};

/** Opens the empty program of a new project, run by the same CLI and language host. */
export function openNewStack(sandbox: Sandbox, signal?: AbortSignal): Promise<BenchStack> {
  return openProject(sandbox, "new", newProject, signal);
}

/** Opens a program without code, with this project's settings, which is not type-checked. */
export function openBareStack(sandbox: Sandbox, signal?: AbortSignal): Promise<BenchStack> {
  const own = ["Pulumi.yaml", "package.json"];
  const files = own.map((file) => [file, readFileSync(join(repositoryDirectory, file), "utf8")]);
  return openProject(
    sandbox,
    "bare",
    {
      ...(Object.fromEntries(files) as Record<string, string>),
      [join("stacks", "main.js")]: '"use strict";\n',
    },
    signal,
  );
}

function openProject(
  sandbox: Sandbox,
  name: string,
  files: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<BenchStack> {
  const project = join(sandbox.directory, `${name}-program`);
  const settings = `Pulumi.${sandboxStackName}.yaml`;
  const all = { ...files, [settings]: readFileSync(join(repositoryDirectory, settings), "utf8") };
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(dirname(join(project, file)), { recursive: true });
    writeFileSync(join(project, file), text);
  }
  symlinkSync(join(repositoryDirectory, "node_modules"), join(project, "node_modules"));
  return openStack(sandbox, project, name, signal);
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
    ...sandboxShell(binDirectory, deployment.shellEnvironment),
    KUBECONFIG: sandbox.kubeconfig,
    PULUMI_DEBUG_COMMANDS: "true", // makes the CLI accept --event-log
  };
  const pulumi = (...args: string[]): Command => ({
    program: join(binDirectory, "pulumi"),
    args: [...args, "--stack", sandboxStackName],
    env,
    cwd: projectDirectory,
  });
  const operation = (...args: string[]): Command =>
    pulumi(...args, ...quiet, "--suppress-outputs", "--config-file", deployment.settingsFile);
  const followed = async (environment: Record<string, string>, ...args: string[]) => {
    const log = join(stateDirectory, "events.jsonl");
    const following = followEvents(log);
    const command = operation(...args, "--event-log", log);
    try {
      const timing = await timed([{ ...command, env: { ...command.env, ...environment } }], signal);
      return { ...timing, events: following.end() };
    } catch (error) {
      following.end();
      throw error;
    }
  };
  return {
    projectDirectory,
    shell: env,
    preview: (environment = {}) => followed(environment, "preview"),
    up: () => followed({}, "up", "--yes", "--skip-preview"),
    destroy: () => timed([operation("destroy", "--yes", "--skip-preview")], signal),
    async exported() {
      const { output } = await timed([pulumi("stack", "export", "--show-secrets")], signal);
      return JSON.parse(output) as ExportedState;
    },
    configure: (change) => void changeSettings(deployment.settingsFile, change),
  };
}
