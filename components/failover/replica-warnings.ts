import { oneReplicaReason } from "../recovery-model";
import { OnNodeFailure } from "./args";

/**
 * Returns the warning about a gateway that moves by itself with a volume that may not.
 *
 * @param replicas replicas of the volume; undefined if they are not known
 */
export function replicaWarnings(onNodeFailure: OnNodeFailure, replicas: number | undefined): string[] {
  if (onNodeFailure === OnNodeFailure.Wait || replicas !== 1) return [];
  return [`onNodeFailure "${onNodeFailure}" needs at least 2 replicas: ${oneReplicaReason}`];
}
