import type { FencingReference } from "../../components/fencing/remediator";
import { OnNodeFailure } from "../../components/failover/args";

/** Returns whether a store leaves an unreachable node automatically. */
export function movesByItself(onNodeFailure: OnNodeFailure, fencing: FencingReference | undefined): boolean {
  if (onNodeFailure === OnNodeFailure.Fence) return fencing !== undefined;
  return onNodeFailure === OnNodeFailure.AssumeDead;
}
