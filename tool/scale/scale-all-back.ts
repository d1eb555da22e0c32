import type { KubeConfig } from "@kubernetes/client-node";
import { ToolError } from "../exit-codes";
import { retried, type Tries } from "../retried";
import { scaleBack, type GatewayDeployment } from "./scale-to-zero";

/**
 * Scales back whatever of these is at zero, and tries for half a minute where the cluster does not answer: a store at 0 replicas serves nobody.
 *
 * @throws ToolError that names each that could not be scaled back, and says how to do it later
 */
export async function scaleAllBack(
  config: KubeConfig,
  gateways: readonly GatewayDeployment[],
  tries?: Tries,
): Promise<void> {
  const left = (await Promise.all(gateways.map((gateway) => problemsOf(config, gateway, tries)))).flat();
  if (left.length === 0) return;
  throw new ToolError(
    `These stores may be at 0 replicas, where they serve nobody, and could not be scaled back:\n${left.join("\n")}\n` +
      "As soon as the cluster answers: longhorn-s3 move --undo",
  );
}

async function problemsOf(config: KubeConfig, gateway: GatewayDeployment, tries?: Tries): Promise<string[]> {
  try {
    await retried(() => scaleBack(config, gateway), tries);
    return [];
  } catch (error) {
    return [`  ${gateway.namespace}/${gateway.name}: ${error instanceof Error ? error.message : String(error)}`];
  }
}
