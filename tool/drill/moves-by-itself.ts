import type { FencingReference } from "../../components/fencing/remediator";
import { OnNodeFailure } from "../../components/failover/args";

/** Whether a store leaves a silent node without anybody's help. */
export function movesByItself(onNodeFailure: OnNodeFailure, fencing: FencingReference | undefined): boolean {
  if (onNodeFailure === OnNodeFailure.Fence) return fencing !== undefined;
  return onNodeFailure === OnNodeFailure.AssumeDead;
}
