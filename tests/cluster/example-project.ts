import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation";
import { askNobody } from "../../tool/pulumi/workspace";
import type { DeployedSandbox } from "../../testbed/deployed-sandbox";
import { linkPackages } from "../../testbed/project";
import { repositoryDirectory } from "../../tool/repository";

/** One of `examples/` as a stack of its own, in the backend of the sandbox's stack. */
export async function exampleStack(
  { sandbox, stateDirectory: directory }: DeployedSandbox,
  example: string,
  config: Readonly<Record<string, string>>,
): Promise<Stack> {
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: "dev", workDir: installed(example, join(directory, "examples", example)) },
    {
      pulumiCommand: await PulumiCommand.get({ root: join(directory, "installation") }),
      pulumiHome: join(directory, "home"),
      envVars: {
        KUBECONFIG: sandbox.kubeconfig,
        PULUMI_BACKEND_URL: `file://${join(directory, "state")}`,
        PULUMI_CONFIG_PASSPHRASE: readFileSync(join(directory, "passphrase"), "utf8").trim(),
        ...askNobody,
        PULUMI_NODEJS_TRANSPILE_ONLY: "true", // its types are checked with everything else
      },
    },
  );
  for (const [key, value] of Object.entries(config)) await stack.setConfig(key, { value });
  return stack;
}

/** A copy of the example with its packages. */
function installed(example: string, directory: string): string {
  cpSync(join(repositoryDirectory, "examples", example), directory, { recursive: true });
  linkPackages(directory);
  return directory;
}
