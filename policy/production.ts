import { urnParts } from "./data-bearing";

/** Names of stacks that are production; those of other names are made so by the pack's configuration. */
export const productionStackNames: readonly string[] = ["prod", "production"];

/** Whether a resource is of a stack that is production by its name. A policy does not see the stack's configuration. */
export function isOfProductionStack(urn: string): boolean {
  return productionStackNames.includes(urnParts(urn).stack);
}
