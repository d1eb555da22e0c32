import type { V1Pod } from "@kubernetes/client-node";
import type { StoreInCluster } from "./store-in-cluster";

/** Returns whether a pod belongs to the store's gateway. */
export function isPodOf({ metadata }: V1Pod, store: Pick<StoreInCluster, "namespace" | "podSelector">): boolean {
  const labels = metadata?.labels ?? {};
  const selected = store.podSelector.split(",").every((pair) => {
    const [key = "", value] = pair.split("=");
    return labels[key] === value;
  });
  return selected && metadata?.namespace === store.namespace;
}
