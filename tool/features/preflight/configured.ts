import { longhornDefaults } from "../../../components/longhorn";
import { longhornNamespace } from "../../../components/longhorn/longhorn-namespace";
import type { LonghornReference, TolerationArgs } from "../../../index";
import type { StackConfig } from "../../../stacks/config/schema";
import type { Plan } from "./findings";

/** Number of replicas of a volume whose StorageClass does not set it. */
const usualReplicas = 3;

/** Returns the plan of a stack from its configuration. */
export function configuredPlan({ longhorn = {}, existingLonghorn, fencing, stores }: StackConfig): Plan {
  const all = Object.values(stores);
  const remediator = fencing?.remediator ?? all.map(({ failover }) => failover.fencing?.remediator).find(Boolean);
  return {
    ...(existingLonghorn === undefined ? installed(longhorn) : existing(existingLonghorn)),
    ...(remediator !== undefined && { remediator }),
    tolerations: [longhorn.placement?.tolerations ?? [], ...all.map(({ pod }) => pod?.tolerations ?? [])].map(
      (tolerations) => tolerations as readonly TolerationArgs[],
    ),
  };
}

type LonghornPlan = Pick<Plan, "longhornVersion" | "storageClassName" | "numberOfReplicas" | "existingNamespace">;

function installed(args: Exclude<StackConfig["longhorn"], undefined>): LonghornPlan {
  const { version, storageClass } = longhornDefaults(args);
  const { name: storageClassName, numberOfReplicas } = storageClass;
  return { longhornVersion: version, storageClassName, numberOfReplicas };
}

function existing({
  version,
  namespace = longhornNamespace,
  storageClassName,
  storageClassParameters,
}: LonghornReference): LonghornPlan {
  const numberOfReplicas = Number(storageClassParameters?.["numberOfReplicas"] ?? usualReplicas);
  return { longhornVersion: version, storageClassName, numberOfReplicas, existingNamespace: namespace };
}
