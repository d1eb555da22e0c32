import type { CoreV1Api, V1Node } from "@kubernetes/client-node";
import { changeNode } from "./optimistic-patch";

/** Annotation of a node cordoned by `longhorn-s3 move`, so that a later command can uncordon it. */
export const cordonAnnotation = "longhorn-s3/cordoned";

/** Content of the annotation. */
export interface CordonMark {
  /** Time in ISO 8601. */
  at: string;
  /** Store as `namespace/name`. */
  store: string;
}

/** Returns the annotation of a node; undefined if `move` has not cordoned it. */
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
 * Cordons and annotates a node in one write. A node that is already cordoned is not changed.
 *
 * @returns whether the node was changed
 */
export function cordon(core: CoreV1Api, name: string, mark: CordonMark): Promise<boolean> {
  return changeNode(core, name, ({ spec }) =>
    spec?.unschedulable === true
      ? undefined
      : { unschedulable: true, annotations: { [cordonAnnotation]: cordonMarkText(mark) } },
  );
}

/** Undoes `cordon`. A node without the annotation is not changed. */
export function uncordon(core: CoreV1Api, name: string): Promise<boolean> {
  return changeNode(core, name, (node) =>
    cordonMarkOf(node) === undefined ? undefined : { unschedulable: null, annotations: { [cordonAnnotation]: null } },
  );
}
