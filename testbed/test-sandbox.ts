import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { startSandbox, type Sandbox, type SandboxOptions } from "../sandbox";

/** A sandbox in a temporary folder. */
export interface TestSandbox {
  sandbox: Sandbox;
  /** Parent of the sandbox's folder. */
  parent: string;
  /** Stops the sandbox and deletes the folder. */
  remove: () => Promise<void>;
}

/** Creates a temporary folder with a short path: socket paths are limited to 108 bytes. */
export const shortDirectory = (): string => mkdtempSync("/tmp/lhs3-");

/** Starts a sandbox in a temporary folder. */
export async function startTestSandbox(options: Omit<SandboxOptions, "directory"> = {}): Promise<TestSandbox> {
  const parent = shortDirectory();
  const sandbox = await startSandbox({ ...options, directory: join(parent, "sandbox") });
  return {
    sandbox,
    parent,
    async remove() {
      await sandbox.stop();
      rmSync(parent, { recursive: true });
    },
  };
}
