import { oneReplicaReason } from "../../components/recovery-model";
import type { DraftConfig, StackConfig, StoreConfig } from "./schema";
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

/** Returns violations for a production stack, which are warnings for any other. */
export function productionProblems(config: DraftConfig, stackName: string): ConfigProblem[] {
  return isProduction(config, stackName) ? [...missingContext(config), ...oneReplica(config)] : [];
}

/** Without a context of its own, the stack would go wherever kubectl was last pointed to. */
function missingContext({ cluster }: DraftConfig): ConfigProblem[] {
  if (cluster?.context !== undefined) return [];
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

/** A store that moves by itself needs a second replica to move to. */
function oneReplica({ longhorn, existingLonghorn, stores = {} }: DraftConfig): ConfigProblem[] {
  const moving = Object.values(stores).find(
    ({ failover, volume }: Partial<StoreConfig>) =>
      (failover?.onNodeFailure === "AssumeDead" || failover?.onNodeFailure === "Fence") &&
      volume?.existing === undefined,
  );
  const [path, got, value] =
    existingLonghorn === undefined
      ? [["longhorn", "storageClass", "numberOfReplicas"], longhorn?.storageClass?.numberOfReplicas, 3]
      : [
          ["existingLonghorn", "storageClassParameters", "numberOfReplicas"],
          existingLonghorn.storageClassParameters?.["numberOfReplicas"],
          "3",
        ];
  if (moving === undefined || Number(got) !== 1) return [];
  const { onNodeFailure } = moving.failover;
  const allowed = `at least 2 in production with onNodeFailure "${onNodeFailure}": ${oneReplicaReason}`;
  return [{ path, got, allowed, fixes: [{ set: [{ path, value }] }] }];
}
