import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { sandboxShell, openDeployment, type Deployment } from "../../tool/pulumi/workspace";
import type { Sandbox } from "../../sandbox";
import type { LonghornOutputs } from "../../components/stack-reference/contract";
import { repositoryDirectory } from "../../tool/repository";
import { changeSettings, existingLonghornOf, type StackConfig } from "../../testbed/stack-settings";
import { PulumiCli } from "./pulumi-cli";

/** The repository's program as a stack, with what an operator does to it besides `up` and `destroy`. */
export interface InterruptedStack {
  deployment: Deployment;
  cli: PulumiCli;
  /** Changes the configuration of the stack. */
  configure(change: (config: StackConfig) => void): void;
  /** Makes a state readable whose CLI was killed while it wrote the attributes beside a file: they say nothing that is needed. */
  dropEmptyAttributes(): void;
  /** Forgets the stack; what it has deployed stays. */
  forget(): void;
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
    configure: (change) => void changeSettings(deployment.settingsFile, change),
    dropEmptyAttributes: () => dropEmptyAttributes(join(stateDirectory, "state")),
    forget: () => rmSync(stateDirectory, { recursive: true }),
  };
}

/** Makes a stack one of a single store, on a Longhorn that another stack has installed. */
export function onExistingLonghorn(
  stack: InterruptedStack,
  longhorn: LonghornOutputs,
  store: string,
  options: { deletionProtection: boolean },
): void {
  stack.configure((config) => {
    config.existingLonghorn = existingLonghornOf(longhorn);
    config.stores = { [store]: { ...config.stores["photos"], ...options } };
  });
}

function dropEmptyAttributes(directory: string): void {
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".attrs"))
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => statSync(file).size === 0)
    .forEach((file) => rmSync(file));
}
