import { operationsOn, type OperationSummary } from "../deploy/operations";
import { throwIfInterrupted } from "../exit-codes";
import { checkAddress } from "./check-inputs";
import { ProtectedError } from "./errors";
import { EventReader } from "./events";
import type { DestroyInputs } from "./inputs";
import { startOperation, type StoreOperation } from "./operation";
import { readState } from "./state";
import { withStack } from "./work-directory";

/**
 * Deletes everything of a stack, but what it keeps: the volumes (`Retain`), and the namespaces with the Secrets in them. Nothing is
 * deleted where anything is protected.
 *
 * @throws StoreError
 */
export function destroyStore(inputs: DestroyInputs): StoreOperation<OperationSummary> {
  const { stack: name, signal, removeStack = false } = inputs;
  return startOperation(inputs, async (emit) => {
    checkAddress(inputs);
    return withStack(inputs, async (opened) => {
      const { stack } = opened;
      const { guarded } = readState(await stack.exportStack());
      if (guarded.length > 0) throw new ProtectedError(name, guarded);
      throwIfInterrupted(signal);
      const reader = new EventReader();
      const summary = await operationsOn(opened).destroy({ signal, onEvent: (event) => emit(reader.read(event)) });
      if (removeStack) await stack.workspace.removeStack(name);
      return summary;
    });
  });
}
