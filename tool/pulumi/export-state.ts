import { readByCli, type StackToRead } from "./pulumi-cli";
import type { ExportedDeployment } from "./stack-state";

/** A stack's state, as far as it is read. */
export interface ExportedState {
  deployment?: ExportedDeployment;
}

/**
 * Reads a stack's state, as `pulumi stack export` prints it.
 *
 * @param showSecrets with secrets in the clear, which needs the stack's passphrase
 * @throws FaultError where there is no such stack, or where its state cannot be read
 */
export async function exportState(
  stack: StackToRead,
  { showSecrets = false, signal }: { showSecrets?: boolean; signal?: AbortSignal } = {},
): Promise<ExportedState> {
  const args = ["export", ...(showSecrets ? ["--show-secrets"] : [])];
  return (await readByCli(stack, "the state", args, signal)) as ExportedState;
}
