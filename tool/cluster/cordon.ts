import type { CoreV1Api, V1Node } from "@kubernetes/client-node";
import { changeNode } from "./optimistic-patch";

/** Annotation of a node that `longhorn-s3 move` has cordoned. It allows a later run to uncordon it. */
export const cordonAnnotation = "longhorn-s3/cordoned";

/** Content of the annotation. */
export interface CordonMark {
  /** Time, ISO 8601. */
  at: string;
  /** Moved store, as `namespace/name`. */
  store: string;
}

/** Returns the node's mark; undefined if `move` has not cordoned it. */
export function cordonMarkOf({ metadata }: V1Node): CordonMark | undefined {
  const text = metadata?.annotations?.[cordonAnnotation];
  if (text === undefined) return undefined;
  const [at = "", store = ""] = text.split(" ");
  return { at, store };
}

export function cordonMarkText({ at, store }: CordonMark): string {
  return `${at} ${store}`;
}

/**
 * Cordons and marks a node in one write. A node that is already cordoned stays as it is, without the mark.
 *
 * @returns whether it was cordoned now
 */
export function cordon(core: CoreV1Api, name: string, mark: CordonMark): Promise<boolean> {
  return changeNode(core, name, ({ spec }) =>
    spec?.unschedulable === true
      ? undefined
      : { unschedulable: true, annotations: { [cordonAnnotation]: cordonMarkText(mark) } },
  );
}

/** Reverts `cordon`. A node without the mark was cordoned by others and stays cordoned. */
export function uncordon(core: CoreV1Api, name: string): Promise<boolean> {
  return changeNode(core, name, (node) =>
    cordonMarkOf(node) === undefined ? undefined : { unschedulable: null, annotations: { [cordonAnnotation]: null } },
  );
}
