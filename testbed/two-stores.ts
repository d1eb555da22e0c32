import type { DeployedSandbox } from "./deployed-sandbox";

/**
 * Deploys the store `photos` of the sandbox's settings, which fails over if its node fails, and `archive`, which stays
 * with its node.
 */
export async function deployTwoStores(stack: DeployedSandbox): Promise<void> {
  stack.configure(({ stores }) => {
    stores["archive"] = { volume: { size: "1Gi" }, failover: { onNodeFailure: "Wait" } };
  });
  await stack.deployment.up();
}
