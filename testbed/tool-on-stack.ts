import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { repositoryDirectory } from "../tool/repository";
import { run, type Ended } from "./command";
import type { DeployedSandbox } from "./deployed-sandbox";
import { projectFile } from "./project";
import { sandboxShell } from "../tool/pulumi/workspace";

/**
 * The command `longhorn-s3` as a user runs it on the sandbox's stack, without a terminal: from a project that has the stack's
 * settings beside its `Pulumi.yaml`.
 */
export function toolOnStack({ deployment, sandbox }: DeployedSandbox): (...args: string[]) => Promise<Ended> {
  const project = join(dirname(deployment.settingsFile), "..", "project");
  mkdirSync(project);
  writeFileSync(join(project, "Pulumi.yaml"), projectFile());
  symlinkSync(deployment.settingsFile, join(project, "Pulumi.sandbox.yaml"));
  const env = sandboxShell(sandbox.toolchain.binDirectory, deployment.shellEnvironment);
  const tool = join(repositoryDirectory, "tool", "longhorn-s3.js");
  return (command = "", ...more) =>
    run(process.execPath, [tool, command, "--stack", "sandbox", "--cwd", project, ...more], { env });
}
