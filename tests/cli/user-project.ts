import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sandboxShell } from "../../tool/pulumi/workspace";
import { descendantsOf, kill } from "../../testbed/processes";
import type { Fault } from "../../tool/diagnosis/fault";
import type { RepairReport } from "../../tool/features/repair/repair";
import { repositoryDirectory } from "../../tool/repository";
import { run, type Ended } from "../../testbed/command";
import { shortDirectory } from "../../testbed/test-sandbox";

/** A project as a user has one: its folder, its state in files, its passphrase in the environment. */
export interface UserProject {
  /** Where its state lies. */
  state: string;
  /** Runs the command `longhorn-s3` there with `--json`. */
  tool(command: string, stack: string, more?: Environment): Promise<ToolEnded>;
  /** Starts the CLI with an `up` that is going to be killed. */
  start(stack: string, more?: Environment): ChildProcess;
  init(stack: string): Promise<void>;
  /** Runs a shell in which `$TOOL` is the command, in a mount namespace of its own. */
  inMountNamespace(script: string): Promise<string>;
  remove(): void;
}

/** Result of the command, with what it printed as JSON; `said` is undefined if it printed none. */
export interface ToolEnded extends Ended {
  said: (Partial<RepairReport> & { faults?: Fault[]; message?: string; changes?: Record<string, number> }) | undefined;
}

/** Variables that are undefined are taken away. */
type Environment = Record<string, string | undefined>;

const tool = join(repositoryDirectory, "tool", "longhorn-s3.js");

/** Makes a project whose program is that of this folder; which part of it runs is in the environment. */
export function userProject(binDirectory: string, shared: Environment = {}): UserProject {
  const directory = shortDirectory();
  const [project, state, home] = ["project", "state", "home"].map((name) => join(directory, name)) as [
    string,
    string,
    string,
  ];
  for (const folder of [project, state, home]) mkdirSync(folder);
  writeFileSync(
    join(project, "Pulumi.yaml"),
    "name: faults\nmain: index.js\nruntime: { name: nodejs, options: { typescript: false } }\n",
  );
  writeFileSync(join(project, "package.json"), '{ "name": "faults", "main": "index.js" }\n');
  const program = JSON.stringify(join(repositoryDirectory, "tests", "cli", "faults-program.ts"));
  const options = JSON.stringify({ transpileOnly: true, project: join(repositoryDirectory, "tsconfig.json") });
  writeFileSync(
    join(project, "index.js"),
    `require("ts-node").register(${options});\nmodule.exports = require(${program});\n`,
  );
  symlinkSync(join(repositoryDirectory, "node_modules"), join(project, "node_modules"));
  const env = {
    ...sandboxShell(binDirectory, {
      PULUMI_HOME: home,
      PULUMI_BACKEND_URL: `file://${state}`,
      PULUMI_CONFIG_PASSPHRASE: "right",
    }),
    ...shared,
  };
  const started = (program: string, args: string[], more: Environment = {}): Promise<Ended> =>
    run(program, args, { cwd: project, env: { ...env, ...more } });
  const yes = (command: string): string[] => (command === "preview" ? [] : ["--yes"]);
  return {
    state,
    async tool(command, stack, more) {
      const ended = await started(process.execPath, [tool, command, "--stack", stack, "--json", ...yes(command)], more);
      const said = ended.stdout.startsWith("{") ? (JSON.parse(ended.stdout) as ToolEnded["said"]) : undefined;
      return { ...ended, said };
    },
    start: (stack, more) =>
      spawn("pulumi", ["up", "--stack", stack, "--yes", "--skip-preview", "--non-interactive"], {
        cwd: project,
        env: { ...env, ...more },
        stdio: "ignore",
      }),
    async init(stack) {
      const { exitCode, stderr } = await started("pulumi", ["stack", "init", stack, "--non-interactive"]);
      if (exitCode !== 0) throw new Error(stderr);
    },
    async inMountNamespace(script) {
      const namespaces = process.getuid?.() === 0 ? ["--mount"] : ["--user", "--map-root-user", "--mount"];
      const { stdout, stderr } = await started("unshare", [...namespaces, "sh", "-c", script], {
        TOOL: `${process.execPath} ${tool}`,
        STATE: state,
      });
      return stdout + stderr;
    },
    remove: () => rmSync(directory, { recursive: true }),
  };
}

/** SIGKILL to a command and to everything that it has started. */
export async function killAll(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const family = descendantsOf(child.pid ?? 0);
  child.kill("SIGKILL");
  for (const process of family) kill(process);
  await ended;
}

/** The locks of a project's stacks. */
export function locksOf({ state }: UserProject): string[] {
  const entries = readdirSync(state, { recursive: true }) as string[];
  return entries.filter((name) => name.includes("/locks/") && name.endsWith(".json"));
}
