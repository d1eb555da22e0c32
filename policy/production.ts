import { urnParts } from "./data-bearing";

/** Names of production stacks. For stacks with other names, use the pack's configuration. */
export const productionStackNames: readonly string[] = ["prod", "production"];

/** Reports whether a resource belongs to a production stack, by its name. Policies have no access to the stack's configuration. */
export function isOfProductionStack(urn: string): boolean {
  return productionStackNames.includes(urnParts(urn).stack);
}
