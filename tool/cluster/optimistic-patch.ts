import { PatchStrategy, setHeaderOptions, type CoreV1Api, type V1Node, type V1Taint } from "@kubernetes/client-node";
import { isApiError } from "./kubernetes";

/** An object with a resourceVersion. */
interface WithResourceVersion {
  metadata?: { resourceVersion?: string };
}

/** Request options of a merge patch. */
export const asMergePatch = setHeaderOptions("Content-Type", PatchStrategy.MergePatch);

/** Functions that read an object, decide its change, and send the merge patch. */
interface DecidedPatch<T extends WithResourceVersion, Body> {
  /** Returns undefined if the object does not exist, which requires no patch. */
  read: () => Promise<T | undefined>;
  /** Returns undefined if no change is required. */
  decide: (object: T) => Body | undefined;
  /** Sends the patch, which keeps unknown fields. The resourceVersion makes concurrent changes a conflict. */
  patch: (body: Body, resourceVersion: string | undefined) => Promise<unknown>;
}

/**
 * Changes an object in one write. On a conflict with another writer, it reads the object and decides again.
 *
 * @returns whether the object was changed
 */
export async function decidedPatch<T extends WithResourceVersion, Body>({
  read,
  decide,
  patch,
}: DecidedPatch<T, Body>): Promise<boolean> {
  for (;;) {
    const object = await read();
    const body = object && decide(object);
    if (object === undefined || body === undefined) return false;
    try {
      await patch(body, object.metadata?.resourceVersion);
      return true;
    } catch (error) {
      if (!isApiError(error, 409)) throw error;
    }
  }
}

/** Change of a node: absent keys are kept, null removes a key. */
interface NodeChange {
  annotations?: Readonly<Record<string, string | null>>;
  taints?: readonly V1Taint[];
  unschedulable?: boolean | null;
}

/**
 * Changes a node by an optimistic patch.
 *
 * @param change returns undefined if no change is required
 * @returns whether the node was changed
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
