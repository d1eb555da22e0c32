import { operationsOn, type OperationSummary } from "../pulumi/operations";
import { throwIfInterrupted } from "../exit-codes";
import type { GuardFinding } from "../features/guards/findings";
import { guardedPreview } from "../features/guards/guarded-preview";
import { acceptedNames } from "../features/volume-guard/accepted";
import { lookAtVolumes } from "../features/volume-guard/look";
import type { VolumeAtStake } from "../features/volume-guard/volumes";
import { checkAddress } from "./check-inputs";
import { ProtectedError } from "./errors";
import { EventReader } from "./events";
import type { DestroyInputs } from "./inputs";
import { startOperation, type StoreOperation } from "./operation";
import { keepProduction } from "./production";
import { readState } from "./state";
import { withStack } from "./work-directory";

/** What was deleted. */
export interface Destroyed extends OperationSummary {
  /** What production refuses, and was accepted; of another stack, what it has lost. */
  guards: readonly GuardFinding[];
  /** Volumes, and what became of them: `kept`, or gone. */
  volumes: readonly VolumeAtStake[];
}

/**
 * Deletes everything of a stack, but what it keeps: the volumes (`Retain`), and the namespaces with the Secrets in them. Nothing is
 * deleted where anything is protected, where production would lose what nobody has named, and where Longhorn would go with volumes of
 * others.
 *
 * @throws StoreError
 */
export function destroyStore(inputs: DestroyInputs): StoreOperation<Destroyed> {
  const { stack: name, signal, removeStack = false, allowDataLoss = [], skipVolumeCheck: isSkipped = false } = inputs;
  return startOperation(inputs, async (emit) => {
    checkAddress(inputs);
    const { volumes: accepted, resources } = acceptedNames(allowDataLoss);
    const command = { operation: "destroy", stack: name } as const;
    return withStack(inputs, async (opened) => {
      const { stack } = opened;
      const operations = operationsOn(opened);
      const { guarded } = readState(await operations.exported());
      if (guarded.length > 0) throw new ProtectedError(name, guarded);
      throwIfInterrupted(signal);
      await keepProduction(stack, inputs);
      const reader = new EventReader();
      const warn = (text: string): void => emit(reader.warning(text));
      const { guards, plan } = await guardedPreview(
        { command, accepted: { dataLoss: resources, unprotected: [] }, warn },
        (onEvent) => operations.previewDestroy({ signal, onEvent }),
      );
      const volumes = await lookAtVolumes(operations, plan, { command, accepted, isSkipped, warn });
      const summary = await operations.destroy({ signal, onEvent: (event) => emit(reader.read(event)) });
      if (removeStack) await stack.workspace.removeStack(name);
      return { ...summary, guards, volumes };
    });
  });
}
