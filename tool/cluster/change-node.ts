import type { CoreV1Api, V1Node, V1Taint } from "@kubernetes/client-node";
import { asMergePatch, decidedPatch } from "./decided-patch";

/** What is to become of a node; what is left out stays, and null takes away. */
export interface NodeChange {
  annotations?: Readonly<Record<string, string | null>>;
  taints?: readonly V1Taint[];
  unschedulable?: boolean | null;
}

/**
 * Changes a node by a `decidedPatch`.
 *
 * @param change undefined where nothing is to be done
 * @returns whether something was written
 */
export function changeNode(
  core: CoreV1Api,
  name: string,
  change: (node: V1Node) => NodeChange | undefined,
): Promise<boolean> {
  return decidedPatch({
    read: () => core.readNode({ name }),
    decide: change,
    patch: ({ annotations, ...spec }, resourceVersion) =>
      core.patchNode({ name, body: { metadata: { resourceVersion, annotations }, spec } }, asMergePatch),
  });
}
