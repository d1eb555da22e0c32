import type { StackConfig } from "./config-shape";

/** Names of stacks that are production as long as their configuration does not say otherwise. */
export const productionStackNames: readonly string[] = ["prod", "production"];

/**
 * Whether a stack serves those who must not lose it: what is refused there is only warned of elsewhere.
 *
 * @param config the stack's configuration, or its key `production` alone
 * @param stackName with or without its organization and project: `prod`, `organization/s3/prod`
 */
export function isProduction({ production }: Pick<StackConfig, "production">, stackName: string): boolean {
  return production ?? productionStackNames.includes(stackName.split("/").at(-1) ?? stackName);
}
