import { oneReplicaReason } from "../../components/recovery-model";
import type { DraftConfig, StackConfig, StoreConfig } from "./schema";
import type { ConfigProblem } from "./problems";

/** Names of stacks that are production stacks by default. */
export const productionStackNames: readonly string[] = ["prod", "production"];

/**
 * Reports whether a stack is a production stack, in which some warnings are errors.
 *
 * @param config configuration of the stack, or only its key `production`
 * @param stackName name with or without organization and project: `prod`, `organization/s3/prod`
 */
export function isProduction({ production }: Pick<StackConfig, "production">, stackName: string): boolean {
  return production ?? productionStackNames.includes(stackName.split("/").at(-1) ?? stackName);
}

/** Returns problems that only production stacks have. */
export function productionProblems(config: DraftConfig, stackName: string): ConfigProblem[] {
  return isProduction(config, stackName) ? [...missingContext(config), ...oneReplica(config)] : [];
}

/** Requires a context, so that the stack does not depend on kubectl's current context. */
function missingContext({ cluster }: DraftConfig): ConfigProblem[] {
  if (cluster?.context !== undefined) return [];
  const path = ["cluster", "context"];
  return [
    {
      path,
      got: undefined,
      allowed: "the name of a context: a production stack must not depend on kubectl's current context",
      fixes: [
        { set: [{ path, value: "my-cluster" }], note: "one of: kubectl config get-contexts -o name" },
        { set: [{ path: ["production"], value: false }], note: "if this is not a production stack" },
      ],
    },
  ];
}

/** Requires a second replica for stores that fail over automatically. */
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
