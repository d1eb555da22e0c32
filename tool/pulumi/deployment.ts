import { operationsOn, type StackOperations } from "./operations";
import { prepareStack, type DeploymentOptions } from "./workspace";

export type { OperationOptions, OperationSummary } from "./operations";
export type { DeploymentOptions } from "./workspace";

/** Repository's program as one stack on a sandbox. */
export interface Deployment extends StackOperations {
  readonly settingsFile: string;
  readonly shellEnvironment: Readonly<Record<string, string>>;
}

/** Opens the stack, and creates it if it does not exist. */
export async function openDeployment(options: DeploymentOptions): Promise<Deployment> {
  const { stack, settingsFile, shellEnvironment, passphrase } = await prepareStack(options);
  return { ...operationsOn({ stack, settingsFile, secrets: [passphrase] }), settingsFile, shellEnvironment };
}
