import { join } from "node:path";
import type { Sandbox } from "../sandbox";
import { pulumiDirectoryOf } from "../tool/features/demo/deploy-store";
import { ClusterBaseline } from "./cluster-baseline";
import { openStackOn, type DeployedSandbox } from "./deployed-sandbox";
import { recordSandbox } from "./leftovers";
import { existingLonghornOf } from "./stack-settings";
import { startTestSandbox } from "./test-sandbox";

export type { DeployedSandbox };

/** A sandbox with Longhorn, but without stores. */
interface SharedSandbox {
  sandbox: Sandbox;
  existingLonghorn: Record<string, unknown>;
  /** Number of test files that have used it. */
  users: number;
  remove(): Promise<void>;
}

/** Sandbox of this process, which runs one test file at a time; undefined until a file uses it. */
let shared: SharedSandbox | undefined;

/** Starts a sandbox for one test file and opens the repository's stack on it, without deploying it. */
export async function prepareSandbox(): Promise<DeployedSandbox> {
  await removeSharedSandbox(); // so that a worker runs one sandbox at a time
  const { sandbox, remove } = await startTestSandbox();
  try {
    return await openStackOn(sandbox, pulumiDirectoryOf(sandbox.directory), remove);
  } catch (error) {
    await remove();
    throw error;
  }
}

/**
 * Opens a stack on the sandbox that this process shares among its test files, without deploying it. The stack has the
 * stores of the repository's settings, on a Longhorn installed by another stack. `remove` deletes the objects that the
 * file has added to the cluster, and throws if the state differs. The next file then gets a new sandbox.
 */
export async function shareSandbox(): Promise<DeployedSandbox> {
  shared ??= await startShared();
  const { sandbox, existingLonghorn } = shared;
  shared.users += 1;
  const baseline = await ClusterBaseline.of(sandbox.kubeconfig);
  const stateDirectory = join(sandbox.directory, "stacks", String(shared.users));
  const stack = await openStackOn(sandbox, stateDirectory, async () => {
    try {
      await baseline.restore();
    } catch (error) {
      await removeSharedSandbox();
      throw error;
    }
  });
  stack.configure((config) => (config.existingLonghorn = existingLonghorn));
  return stack;
}

async function removeSharedSandbox(): Promise<void> {
  const ending = shared;
  shared = undefined;
  await ending?.remove();
}

async function startShared(): Promise<SharedSandbox> {
  const { sandbox, parent, remove } = await startTestSandbox();
  recordSandbox(parent, sandbox.directory);
  try {
    const platform = await openStackOn(sandbox, pulumiDirectoryOf(sandbox.directory), remove);
    platform.configure((config) => (config.stores = {}));
    await platform.deployment.up();
    const { longhorn } = await platform.outputs();
    return { sandbox, existingLonghorn: existingLonghornOf(longhorn), users: 0, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
