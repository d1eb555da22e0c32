import { readDescription } from "./directory";
import { SandboxError } from "./errors";
import { HostClient } from "./host/client";
import { defaultDirectory, layoutOf } from "./layout";
import { RunningSandbox } from "./running-sandbox";
import type { Sandbox } from "./sandbox";

/**
 * Opens the sandbox that runs in a folder.
 *
 * @param directory default: the default folder of a sandbox
 * @throws SandboxError if none runs there
 */
export async function openSandbox(directory: string = defaultDirectory()): Promise<Sandbox> {
  const layout = layoutOf(directory);
  const host = new HostClient(layout.hostSocket);
  const description = readDescription(layout);
  if (description === undefined || !(await host.isUp())) {
    throw new SandboxError(
      `No sandbox is running in ${directory}: start one with "longhorn-s3 sandbox start", or set its folder with --directory.`,
    );
  }
  return new RunningSandbox(layout, host, description);
}
