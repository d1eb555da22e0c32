import { referenceTo } from "../components/fencing";
import { NodeFencing, type NodeFencingArgs } from "../index";
import type * as pulumi from "@pulumi/pulumi";
import type { StoreConfig } from "./config/schema";

/** Creates the fencing of a stack, if configured. */
export function createFencing(args: NodeFencingArgs | undefined, opts: pulumi.ComponentResourceOptions): void {
  if (args !== undefined) new NodeFencing("fencing", args, opts);
}

/** Returns the store with the stack's fencing, if it uses `Fence` without its own. */
export function withFencing<Store extends Pick<StoreConfig, "failover">>(
  store: Store,
  fencing?: NodeFencingArgs,
): Store {
  const failover = store.failover as StoreConfig["failover"] | undefined;
  if (failover?.onNodeFailure !== "Fence" || failover.fencing !== undefined || fencing === undefined) return store;
  return { ...store, failover: { ...failover, fencing: referenceTo(fencing) } };
}
