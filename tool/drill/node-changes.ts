import { ApiException, type CoreV1Api, type V1NodeSpec } from "@kubernetes/client-node";

/** Reads and writes a node's spec until nobody has written it in between. */
export async function changeNode(
  core: CoreV1Api,
  name: string,
  change: (spec: V1NodeSpec) => V1NodeSpec,
): Promise<void> {
  for (;;) {
    const node = await core.readNode({ name });
    try {
      await core.replaceNode({ name, body: { ...node, spec: change(node.spec ?? {}) } });
      return;
    } catch (error) {
      if (!(error instanceof ApiException && error.code === 409)) throw error;
    }
  }
}
