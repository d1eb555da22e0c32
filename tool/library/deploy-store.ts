import {
  deployStack,
  previewStack,
  type DeployedStack,
  type PreviewedStack,
} from "../features/deploy-stack/stack-operations";
import { operationsOn } from "../pulumi/operations";
import { resolveConfig } from "./check-inputs";
import type { DeployInputs, PreviewInputs } from "./inputs";
import { startOperation, type StoreOperation } from "./operation";
import { publicOutputs, type PublicOutputs } from "./outputs";
import { withStack } from "./work-directory";

/** Result of a preview. */
export type Previewed = PreviewedStack;

/** Result of a deployment. */
export interface Deployed extends DeployedStack {
  outputs: PublicOutputs;
}

/**
 * Returns the changes that `deployStore` would make. A stack that does not exist is created and stays empty.
 *
 * @throws StoreError
 */
export function previewStore(inputs: PreviewInputs): StoreOperation<Previewed> {
  const { allowDataLoss = [], allowUnprotected = [] } = inputs;
  return startOperation(inputs, async (run) =>
    withStack({ ...inputs, config: resolveConfig(inputs) }, (opened) =>
      previewStack({ ...run, operations: operationsOn(opened) }, { allowDataLoss, allowUnprotected }),
    ),
  );
}

/**
 * Deploys a stack's stores. It searches for pods that would delay the update, runs a preview, checks the cluster before an
 * installation or uninstallation of Longhorn, runs the update, and compares the result with the cluster. A stack that does not
 * exist is created.
 *
 * @throws StoreError
 */
export function deployStore(inputs: DeployInputs): StoreOperation<Deployed> {
  const { allowDataLoss = [], allowUnprotected = [] } = inputs;
  const { skipPreflight = false, skipVolumeCheck = false, skipVerification = false } = inputs;
  const options = { allowDataLoss, allowUnprotected, skipPreflight, skipVolumeCheck, skipVerification };
  return startOperation(inputs, async (run) =>
    withStack({ ...inputs, config: resolveConfig(inputs) }, async (opened) => {
      const operations = operationsOn(opened);
      const deployed = await deployStack({ ...run, operations }, options);
      return { ...deployed, outputs: publicOutputs(await operations.outputs()) };
    }),
  );
}
