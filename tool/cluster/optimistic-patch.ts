import { PatchStrategy, setHeaderOptions, type CoreV1Api, type V1Node, type V1Taint } from "@kubernetes/client-node";
import { isApiError } from "./kubernetes";

/** Object with a resource version. */
interface WithResourceVersion {
  metadata?: { resourceVersion?: string };
}

/** Options of a request with a merge patch. */
export const asMergePatch = setHeaderOptions("Content-Type", PatchStrategy.MergePatch);

/** Functions that read an object, decide on its change, and send the merge patch. */
interface DecidedPatch<T extends WithResourceVersion, Body> {
  /** Reads the object; undefined if it does not exist, in which case no patch is needed. */
  read: () => Promise<T | undefined>;
  /** Decides on the change; undefined if there is none. */
  decide: (object: T) => Body | undefined;
  /**
   * Sends the patch. It keeps fields that this client does not know, and the resourceVersion turns concurrent changes into
   * conflicts.
   */
  patch: (body: Body, resourceVersion: string | undefined) => Promise<unknown>;
}

/**
 * Changes an object in one write, based on its current state. After a conflict, it is read and decided again.
 *
 * @returns whether it was written
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

/** Change of a node. Absent keys stay as they are, null removes them. */
interface NodeChange {
  annotations?: Readonly<Record<string, string | null>>;
  taints?: readonly V1Taint[];
  unschedulable?: boolean | null;
}

/**
 * Changes a node by a `decidedPatch`.
 *
 * @param change undefined if there is no change
 * @returns whether it was written
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
