import { execFile } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { repositoryDirectory } from "../tool/repository";
import type { DeployedSandbox } from "./deployed-sandbox";
import { projectFile } from "./project-file";
import { sandboxShell } from "../tool/pulumi/workspace";

/** How a run of the command ended. */
export interface Ended {
  exitCode: number;
  stdout: string;
  stderr: string;
}

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
    new Promise((resolve) => {
      const args = [tool, command, "--stack", "sandbox", "--cwd", project, ...more];
      const child = execFile(process.execPath, args, { env }, (error, stdout, stderr) =>
        resolve({ exitCode: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
      );
      child.stdin?.end();
    });
}
