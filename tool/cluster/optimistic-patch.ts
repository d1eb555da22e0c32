import { PatchStrategy, setHeaderOptions, type CoreV1Api, type V1Node, type V1Taint } from "@kubernetes/client-node";
import { isApiError } from "./kubernetes";

/** As every object of Kubernetes has it. */
interface WithResourceVersion {
  metadata?: { resourceVersion?: string };
}

/** What goes with the request that carries a merge patch. */
export const asMergePatch = setHeaderOptions("Content-Type", PatchStrategy.MergePatch);

/** How an object is read, what is to become of it, and how a merge patch of it is sent. */
interface DecidedPatch<T extends WithResourceVersion, Body> {
  /** Undefined where there is no such object, which then needs no patch. */
  read: () => Promise<T | undefined>;
  /** Undefined where nothing is to be done. */
  decide: (object: T) => Body | undefined;
  /** A patch leaves alone what this client does not know of; the resourceVersion makes a conflict of what it has not seen. */
  patch: (body: Body, resourceVersion: string | undefined) => Promise<unknown>;
}

/**
 * Changes an object as one write, decided on the object as it is at that moment: where somebody else has written it in between, it is
 * read and decided again.
 *
 * @returns whether something was written
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

/** Change of a node: absent keys stay as they are, null removes. */
interface NodeChange {
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
