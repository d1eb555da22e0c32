import { parseStackOutputs, type StackOutputs, type StoreCredentials } from "../../components/stack-reference/contract";
import { operationsOn } from "../pulumi/operations";
import { checkAddress } from "./check-inputs";
import { storeErrorOf } from "./errors";
import type { StackAddress } from "./inputs";
import { withStack } from "./work-directory";

/** Outputs of a stack without the keys of its stores. */
export type PublicOutputs = Omit<StackOutputs, "credentials">;

/** Returns the outputs without secrets. */
export function publicOutputs(outputs: Readonly<Record<string, unknown>>): PublicOutputs {
  const { contractVersion, longhorn, stores } = parseStackOutputs({ ...outputs, credentials: {} });
  return { contractVersion, longhorn, stores };
}

/**
 * Returns the keys of each store's first user, by the names of the stores. No other function of the library returns them.
 *
 * @throws StoreError
 */
export async function storeCredentials(address: StackAddress): Promise<Readonly<Record<string, StoreCredentials>>> {
  try {
    checkAddress(address);
    return await withStack(address, async (opened) => {
      const outputs = await operationsOn(opened).outputs();
      return Object.keys(outputs).length === 0 ? {} : parseStackOutputs(outputs).credentials;
    });
  } catch (error) {
    throw storeErrorOf(error, address.stack);
  }
}
