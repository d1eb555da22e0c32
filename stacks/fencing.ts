import { referenceTo } from "../components/fencing";
import { NodeFencing, type NodeFencingArgs } from "../index";
import type * as pulumi from "@pulumi/pulumi";
import type { StoreConfig } from "./config/schema";

/** Makes the fencing that a stack asks for. */
export function createFencing(args: NodeFencingArgs | undefined, opts: pulumi.ComponentResourceOptions): void {
  if (args !== undefined) new NodeFencing("fencing", args, opts);
}

/** A store with `Fence` that names no fencing has that of its stack. */
export function withFencing<Store extends Pick<StoreConfig, "failover">>(
  store: Store,
  fencing?: NodeFencingArgs,
): Store {
  const failover = store.failover as StoreConfig["failover"] | undefined;
  if (failover?.onNodeFailure !== "Fence" || failover.fencing !== undefined || fencing === undefined) return store;
  return { ...store, failover: { ...failover, fencing: referenceTo(fencing) } };
}
