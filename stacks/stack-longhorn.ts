import type * as pulumi from "@pulumi/pulumi";
import { longhornNamespace } from "../components/longhorn";
import { outputsOf } from "../components/outputs";
import { Longhorn, type LonghornReference } from "../index";
import type { StackConfig } from "./config/schema";
import type { LonghornOutputs } from "../components/stack-reference/contract";
import type { Pending } from "./exports";

/** The Longhorn that the stores of a stack are on. */
export interface StackLonghorn {
  reference: LonghornReference;
  /** What a store has to wait for. */
  dependsOn: pulumi.Resource[];
  outputs: Pending<LonghornOutputs>;
}

/** Installs Longhorn, or takes the one that is there. The configuration has one of the two. */
export function stackLonghorn(
  { longhorn: args = {}, existingLonghorn }: StackConfig,
  opts: pulumi.ComponentResourceOptions,
): StackLonghorn {
  if (existingLonghorn !== undefined) return asItIs(existingLonghorn);
  const longhorn = new Longhorn("longhorn", args, opts);
  const { reference } = longhorn;
  return { reference, dependsOn: [longhorn], outputs: { ...outputsOf(longhorn), ...moreOf(reference) } };
}

function asItIs(reference: LonghornReference): StackLonghorn {
  const { namespace = longhornNamespace, version, storageClassName, podDeletionPolicy } = reference;
  const outputs = { namespace, chartVersion: version, storageClassName, podDeletionPolicy, ...moreOf(reference) };
  return { reference, dependsOn: [], outputs };
}

/** What not every Longhorn is known to have. */
function moreOf({ storageClassParameters, backupTarget }: LonghornReference): Partial<LonghornOutputs> {
  return {
    ...(storageClassParameters !== undefined && { storageClassParameters }),
    ...(backupTarget !== undefined && { backupTarget }),
  };
}
