import type { CoreV1Api, V1Node } from "@kubernetes/client-node";
import { changeNode } from "./optimistic-patch";

/** Annotation of a node that `longhorn-s3 move` has cordoned, so that whoever comes later can put it back. */
export const cordonAnnotation = "longhorn-s3/cordoned";

/** What the annotation says. */
export interface CordonMark {
  /** When, ISO 8601. */
  at: string;
  /** For which store, as `namespace/name`. */
  store: string;
}

/** The node's mark; undefined where `move` has not cordoned it. */
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
 * Cordons a node and marks it, as one write; one that is cordoned already stays as it is, and unmarked.
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

/** Takes back what `cordon` did; a node without the mark was cordoned by others, and stays so. */
export function uncordon(core: CoreV1Api, name: string): Promise<boolean> {
  return changeNode(core, name, (node) =>
    cordonMarkOf(node) === undefined ? undefined : { unschedulable: null, annotations: { [cordonAnnotation]: null } },
  );
}
