import type { Stack } from "@pulumi/pulumi/automation";
import { throwIfInterrupted } from "../errors";
import { destroyStack, type DestroyedStack } from "../features/deploy-stack/stack-operations";
import { operationsOn } from "../pulumi/operations";
import { checkAddress } from "./check-inputs";
import { ProtectedError } from "./errors";
import { defaultProject, type DestroyInputs, type StackAddress } from "./inputs";
import { startOperation, type StoreOperation } from "./operation";
import { readState } from "./state";
import { withStack } from "./work-directory";

/** Result of a destroy. */
export type Destroyed = DestroyedStack;

/**
 * Deletes all resources of a stack, except for retained ones: the volumes (`Retain`), and the namespaces with their Secrets.
 * Nothing is deleted if a resource is protected, if production would lose unnamed data, or if Longhorn would be uninstalled
 * with volumes of others.
 *
 * @throws StoreError
 */
export function destroyStore(inputs: DestroyInputs): StoreOperation<Destroyed> {
  const { stack: name, signal, removeStack = false, allowDataLoss = [], skipVolumeCheck = false } = inputs;
  return startOperation(inputs, async (run) => {
    checkAddress(inputs);
    return withStack(inputs, async (opened) => {
      const { stack } = opened;
      const operations = operationsOn(opened);
      const { guarded } = readState(await operations.exported());
      if (guarded.length > 0) throw new ProtectedError(name, guarded);
      throwIfInterrupted(signal);
      await keepProduction(stack, inputs);
      const destroyed = await destroyStack({ ...run, operations }, { allowDataLoss, skipVolumeCheck });
      if (removeStack) await stack.workspace.removeStack(name);
      return destroyed;
    });
  });
}

/** Number of operations to search, because the latest ones may be failed destroys. */
const lookBack = 50;

/**
 * Sets `production` in an opened stack's settings as in its last deployment. A destroy has no configuration, but a production
 * stack must remain one.
 */
async function keepProduction(stack: Stack, { project = defaultProject }: StackAddress): Promise<void> {
  const key = `${project}:production`;
  const deployed = (await stack.history(lookBack, 1, false)).find(({ kind }) => kind === "update");
  const said = deployed?.config[key]?.value;
  if (said !== "true" && said !== "false") return;
  const { name, workspace } = stack;
  const settings = await workspace.stackSettings(name);
  await workspace.saveStackSettings(name, {
    ...settings,
    config: { ...settings.config, [key]: said === "true" },
  });
}
