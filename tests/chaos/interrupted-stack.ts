import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { sandboxShell } from "../../tool/pulumi/shell-environment";
import type { Sandbox } from "../../sandbox";
import type { LonghornOutputs } from "../../stacks/outputs";
import { openDeployment, type Deployment } from "../../tool/pulumi/deployment";
import { repositoryDirectory } from "../../tool/repository";
import { PulumiCli } from "./pulumi-cli";

/** The repository's program as a stack, with what an operator does to it besides `up` and `destroy`. */
export interface InterruptedStack {
  deployment: Deployment;
  cli: PulumiCli;
  /** Changes the configuration of the stack; keys without the project's name. */
  configure(change: (config: StackConfig) => void): void;
  /** Makes a state readable whose CLI was killed while it wrote the attributes beside a file: they say nothing that is needed. */
  dropEmptyAttributes(): void;
  /** Forgets the stack; what it has deployed stays. */
  forget(): void;
}

/** The part of the configuration that runs change. */
export interface StackConfig {
  longhorn?: Record<string, unknown>;
  existingLonghorn?: Record<string, unknown>;
  stores: Record<string, StoreConfig>;
}

export interface StoreConfig extends Record<string, unknown> {
  volume: { size: string };
  failover: Record<string, unknown>;
}

/** Opens a stack of its own, with its own state, on a sandbox: Longhorn and the stores of the repository's settings. */
export async function openStack(sandbox: Sandbox, name: string): Promise<InterruptedStack> {
  const stateDirectory = join(sandbox.directory, "stacks", name);
  const deployment = await openDeployment({
    projectDirectory: repositoryDirectory,
    stateDirectory,
    binDirectory: sandbox.toolchain.binDirectory,
    values: { kubeconfig: sandbox.kubeconfig, context: "sandbox", chart: sandbox.chart },
  });
  const environment = sandboxShell(sandbox.toolchain.binDirectory, deployment.shellEnvironment);
  return {
    deployment,
    cli: new PulumiCli(sandbox.toolchain.binDirectory, environment, deployment.settingsFile),
    configure: (change) => changeSettings(deployment.settingsFile, change),
    dropEmptyAttributes: () => dropEmptyAttributes(join(stateDirectory, "state")),
    forget: () => rmSync(stateDirectory, { recursive: true }),
  };
}

/** Makes a stack one of a single store, on a Longhorn that another stack has installed. */
export function onExistingLonghorn(
  stack: InterruptedStack,
  { chartVersion, storageClassName, podDeletionPolicy }: LonghornOutputs,
  store: string,
  options: { deletionProtection: boolean },
): void {
  stack.configure((config) => {
    delete config.longhorn;
    config.existingLonghorn = { version: chartVersion, storageClassName, podDeletionPolicy };
    config.stores = { [store]: { ...config.stores["photos"], ...options } as StoreConfig };
  });
}

function dropEmptyAttributes(directory: string): void {
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".attrs"))
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => statSync(file).size === 0)
    .forEach((file) => rmSync(file));
}

const project = "longhorn-s3:";

function changeSettings(file: string, change: (config: StackConfig) => void): void {
  const settings = parse(readFileSync(file, "utf8")) as { config: Record<string, unknown> };
  const entries = Object.entries(settings.config).map(([key, value]) => [key.replace(project, ""), value] as const);
  const config = Object.fromEntries(entries) as unknown as StackConfig;
  change(config);
  const changed = Object.entries(config).map(([key, value]) => [`${project}${key}`, value as unknown] as const);
  writeFileSync(file, stringify({ ...settings, config: Object.fromEntries(changed) }));
}
