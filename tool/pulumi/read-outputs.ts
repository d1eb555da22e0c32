import { readByCli, type StackToRead } from "./pulumi-cli";

/** What the CLI prints in place of a secret. */
export const hiddenOutput = "[secret]";

/**
 * A stack's outputs by name, secrets hidden unless they are asked for.
 *
 * @param showSecrets which needs the stack's passphrase
 * @throws FaultError where there is no such stack, or where its state cannot be read
 */
export async function readOutputs(
  stack: StackToRead,
  { showSecrets = false, signal }: { showSecrets?: boolean; signal?: AbortSignal } = {},
): Promise<Record<string, unknown>> {
  const args = ["output", "--json", ...(showSecrets ? ["--show-secrets"] : [])];
  return (await readByCli(stack, "the outputs", args, signal)) as Record<string, unknown>;
}
