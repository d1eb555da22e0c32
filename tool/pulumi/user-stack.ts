import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { resolve } from "node:path";
import { faultError } from "../diagnosis/fault";
import { withoutFrames, wordsOfCli } from "./pulumi-cli";
import { faultsOfCli } from "./missing-parts";
import type { OpenedStack } from "./operations";
import { cliInOwnGroup } from "./cli-process-group";

/** Stack of the user: the project, backend, passphrase and cluster of the shell. */
export interface UserStack {
  /** Name of the stack, as in `pulumi stack ls`. */
  name: string;
  /** Folder of `Pulumi.yaml`. */
  directory: string;
}

/**
 * Selects the stack like `pulumi stack select`, without creating it.
 *
 * @throws FaultError if it does not exist, or if the state cannot be read
 */
export async function openUserStack({ name, directory }: UserStack): Promise<OpenedStack> {
  return { stack: await selectStack(name, directory), directory, secrets: secretsOfShell(process.env) };
}

async function selectStack(stackName: string, directory: string): Promise<Stack> {
  const workDir = resolve(directory);
  try {
    return await LocalWorkspace.selectStack({ stackName, workDir }, { pulumiCommand: await cliInOwnGroup() });
  } catch (error) {
    const words = wordsOfCli(error instanceof Error ? error.message : String(error));
    throw faultError(
      `stack ${stackName} in ${workDir} cannot be opened`,
      withoutFrames(words),
      faultsOfCli(words, stackName, directory),
    );
  }
}

function secretsOfShell(environment: NodeJS.ProcessEnv): string[] {
  return [environment["PULUMI_CONFIG_PASSPHRASE"], environment["PULUMI_ACCESS_TOKEN"]].filter(
    (secret) => secret !== undefined,
  );
}
