import { oneReplicaReason } from "../recovery-model";
import { OnNodeFailure } from "./args";

/**
 * Warns about a gateway that fails over although its volume has only one replica.
 *
 * @param replicas number of replicas of the volume; undefined if unknown
 */
export function replicaWarnings(onNodeFailure: OnNodeFailure, replicas: number | undefined): string[] {
  if (onNodeFailure === OnNodeFailure.Wait || replicas !== 1) return [];
  return [`onNodeFailure "${onNodeFailure}" needs at least 2 replicas: ${oneReplicaReason}`];
}
