import type { V1Node } from "@kubernetes/client-node";
import { nodeTaints } from "../../../components/taints";

/** Annotation of a node that `longhorn-s3 fence` has fenced. */
export const fenceAnnotation = "longhorn-s3/fenced";

/** Content of the annotation, which suffices to continue the fence and to revert it. */
export interface FenceMark {
  /** Time of the taint by the API server's clock, ISO 8601. */
  at: string;
  /** Stores that were on the node, as `namespace/name`. */
  stores: readonly string[];
  /** PersistentVolumes to detach from the node. */
  volumes: readonly string[];
}

/** Returns the node's mark; undefined if `longhorn-s3` has not fenced it. */
export function fenceMarkOf({ metadata }: V1Node): FenceMark | undefined {
  const text = metadata?.annotations?.[fenceAnnotation];
  if (text === undefined) return undefined;
  const { at = "", stores = [], volumes = [] } = parsed(text);
  return { at, stores, volumes };
}

/** Parses the annotation. An annotation that was edited and is invalid counts as an empty mark. */
function parsed(text: string): Partial<FenceMark> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

export function isOutOfService({ spec }: V1Node): boolean {
  return spec?.taints?.some(({ key }) => key === nodeTaints.outOfService) ?? false;
}

/** Merges the mark of an earlier run with the current one. */
export function joinedMark(earlier: FenceMark | undefined, now: FenceMark): FenceMark {
  if (earlier === undefined) return now;
  const both = (one: readonly string[], other: readonly string[]): string[] => [...new Set([...one, ...other])].sort();
  return {
    at: earlier.at === "" ? now.at : earlier.at,
    stores: both(earlier.stores, now.stores),
    volumes: both(earlier.volumes, now.volumes),
  };
}
