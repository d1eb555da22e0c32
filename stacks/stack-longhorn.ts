import type * as pulumi from "@pulumi/pulumi";
import { longhornNamespace } from "../components/longhorn";
import { outputsOf } from "../components/outputs";
import { Longhorn, type LonghornReference } from "../index";
import type { StackConfig } from "./config/schema";
import type { LonghornOutputs } from "../components/stack-reference/contract";
import type { Pending } from "./exports";

/** Longhorn of a stack's stores. */
export interface StackLonghorn {
  reference: LonghornReference;
  /** Resources that stores must wait for. */
  dependsOn: pulumi.Resource[];
  outputs: Pending<LonghornOutputs>;
}

/** Installs Longhorn, or returns the existing one. The configuration contains one of the two. */
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

/** Returns the optional outputs. */
function moreOf({ storageClassParameters, backupTarget }: LonghornReference): Partial<LonghornOutputs> {
  return {
    ...(storageClassParameters !== undefined && { storageClassParameters }),
    ...(backupTarget !== undefined && { backupTarget }),
  };
}
