import type { DraftConfig, StackConfig } from "./schema";
import type { ConfigProblem } from "./problems";

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

/** What production is refused for: without a context of its own it would go wherever kubectl was last pointed to. */
export function productionProblems(config: DraftConfig, stackName: string): ConfigProblem[] {
  if (!isProduction(config, stackName) || config.cluster?.context !== undefined) return [];
  const path = ["cluster", "context"];
  return [
    {
      path,
      got: undefined,
      allowed: "a context by its name: production goes to no cluster only because kubectl was last pointed to it",
      fixes: [
        { set: [{ path, value: "my-cluster" }], note: "one of: kubectl config get-contexts -o name" },
        { set: [{ path: ["production"], value: false }], note: "where this stack is no production" },
      ],
    },
  ];
}
