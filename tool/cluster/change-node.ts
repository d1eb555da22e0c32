import {
  ApiException,
  PatchStrategy,
  setHeaderOptions,
  type CoreV1Api,
  type V1Node,
  type V1Taint,
} from "@kubernetes/client-node";

/** What is to become of a node; what is left out stays, and null takes away. */
export interface NodeChange {
  annotations?: Readonly<Record<string, string | null>>;
  taints?: readonly V1Taint[];
  unschedulable?: boolean | null;
}

/**
 * Changes a node as one write, decided on the node as it is at that moment: where somebody else has written it in between, it is
 * read and decided again.
 *
 * @param change undefined where nothing is to be done
 * @returns whether something was written
 */
export async function changeNode(
  core: CoreV1Api,
  name: string,
  change: (node: V1Node) => NodeChange | undefined,
): Promise<boolean> {
  for (;;) {
    const node = await core.readNode({ name });
    const changed = change(node);
    if (changed === undefined) return false;
    const { annotations, ...spec } = changed;
    const metadata = { resourceVersion: node.metadata?.resourceVersion, annotations };
    try {
      // A patch leaves alone what this client does not know of; the resourceVersion makes a conflict of what it has not seen.
      await core.patchNode(
        { name, body: { metadata, spec } },
        setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
      );
      return true;
    } catch (error) {
      if (!(error instanceof ApiException && error.code === 409)) throw error;
    }
  }
}
