import type { V1Node } from "@kubernetes/client-node";
import { nodeTaints } from "../../../components/taints";

/** Annotation of a node that `longhorn-s3 fence` has fenced. */
export const fenceAnnotation = "longhorn-s3/fenced";

/** What the annotation says: enough to go on, and to undo it, for whoever comes later. */
export interface FenceMark {
  /** When the taint was set, by the API server's clock, ISO 8601. */
  at: string;
  /** The stores that were on the node, as `namespace/name`. */
  stores: readonly string[];
  /** The PersistentVolumes that leave the node. */
  volumes: readonly string[];
}

/** The node's mark; undefined where `longhorn-s3` has not fenced it. */
export function fenceMarkOf({ metadata }: V1Node): FenceMark | undefined {
  const text = metadata?.annotations?.[fenceAnnotation];
  if (text === undefined) return undefined;
  const { at = "", stores = [], volumes = [] } = parsed(text);
  return { at, stores, volumes };
}

/** Somebody may have edited it: what cannot be read is a mark that says nothing more. */
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

/** Two marks as one: that of an earlier run, which began it, and what is seen now. */
export function joinedMark(earlier: FenceMark | undefined, now: FenceMark): FenceMark {
  if (earlier === undefined) return now;
  const both = (one: readonly string[], other: readonly string[]): string[] => [...new Set([...one, ...other])].sort();
  return {
    at: earlier.at === "" ? now.at : earlier.at,
    stores: both(earlier.stores, now.stores),
    volumes: both(earlier.volumes, now.volumes),
  };
}
