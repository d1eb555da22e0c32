import type { KubeConfig } from "@kubernetes/client-node";
import type { Cluster } from "../../cluster/connection";
import { ToolError } from "../../errors";
import { reasonOf } from "../../diagnosis/no-cluster";
import { undoCommand } from "./undo-command";
import { retried, type Patience } from "../../waiting";
import { scaleBack, type GatewayDeployment } from "./scale-to-zero";

/**
 * Scales back whatever of these is at zero, and tries for half a minute where the cluster does not answer: a store at 0 replicas serves nobody.
 *
 * @throws ToolError that names each that could not be scaled back, and says how to do it later
 */
export async function scaleAllBack(
  { config, reachedBy }: Cluster,
  gateways: readonly GatewayDeployment[],
  patience?: Patience,
): Promise<void> {
  const left = (await Promise.all(gateways.map((gateway) => problemsOf(config, gateway, patience)))).flat();
  if (left.length === 0) return;
  throw new ToolError(
    `These stores may be at 0 replicas, where they serve nobody, and could not be scaled back:\n${left.join("\n")}\n` +
      `As soon as the cluster answers: ${undoCommand(reachedBy)}`,
  );
}

async function problemsOf(config: KubeConfig, gateway: GatewayDeployment, patience?: Patience): Promise<string[]> {
  try {
    await retried(() => scaleBack(config, gateway), patience);
    return [];
  } catch (error) {
    return [`  ${gateway.namespace}/${gateway.name}: ${reasonOf(error)}`];
  }
}
