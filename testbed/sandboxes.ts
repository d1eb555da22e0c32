import { pulumiDirectoryOf } from "../tool/features/demo/deploy-store";
import { openStackOn, type DeployedSandbox } from "./deployed-sandbox";
import { startTestSandbox } from "./test-sandbox";

export type { DeployedSandbox };

/** Starts a sandbox for one test file and opens the repository's stack on it; nothing is deployed yet. */
export async function prepareSandbox(): Promise<DeployedSandbox> {
  const { sandbox, remove } = await startTestSandbox();
  try {
    return await openStackOn(sandbox, pulumiDirectoryOf(sandbox.directory), remove);
  } catch (error) {
    await remove();
    throw error;
  }
}
