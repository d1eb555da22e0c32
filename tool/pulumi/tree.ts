import type { EngineEvent } from "@pulumi/pulumi/automation";
import { firstLine, labelOf, withoutColours } from "./progress";

/** A resource of an operation. */
export interface TreeResource {
  label: string;
  parent?: string;
  /** `same` needs no work. */
  state: "working" | "done" | "failed" | "same";
  /** What it waits for, in the provider's words. */
  waitsFor?: string;
  /** Seconds since the epoch. */
  since: number;
  /** Components do nothing themselves: they wait for their children. */
  component: boolean;
}

/** What the engine's events have said of the resources, by their URNs and in their order; changed by `reduceTree` only. */
export type Tree = Readonly<Record<string, TreeResource>>;

export const emptyTree: Tree = {};

/** The tree after one more event of the engine. */
export function reduceTree(tree: Tree, event: EngineEvent): Tree {
  const { resourcePreEvent, resOutputsEvent, resOpFailedEvent, diagnosticEvent } = event;
  if (resourcePreEvent) {
    const { urn, op, type, new: after, old: before } = resourcePreEvent.metadata;
    // The second half of a replacement is the same resource once more.
    const { since = event.timestamp } = tree[urn]?.state === "working" ? tree[urn] : {};
    const resource: TreeResource = {
      label: labelOf(urn, type),
      parent: (after ?? before)?.parent || undefined,
      state: op === "same" ? "same" : "working",
      since,
      component: (after ?? before)?.custom !== true,
    };
    return { ...tree, [urn]: resource };
  }
  if (resOutputsEvent) return ended(tree, resOutputsEvent.metadata.urn, "done");
  if (resOpFailedEvent) return ended(tree, resOpFailedEvent.metadata.urn, "failed");
  const urn = diagnosticEvent?.urn;
  const known = urn === undefined ? undefined : tree[urn];
  if (diagnosticEvent?.ephemeral !== true || urn === undefined || known?.state !== "working") return tree;
  const waitsFor = firstLine(withoutColours(diagnosticEvent.message).trim());
  return waitsFor === "" ? tree : { ...tree, [urn]: { ...known, waitsFor } };
}

function ended(tree: Tree, urn: string, state: "done" | "failed"): Tree {
  const known = tree[urn];
  if (known === undefined || known.state === "same") return tree;
  const { waitsFor, ...rest } = known;
  return { ...tree, [urn]: { ...rest, state, ...(state === "failed" && waitsFor && { waitsFor }) } };
}
