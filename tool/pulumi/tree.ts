import type { EngineEvent } from "@pulumi/pulumi/automation";
import { firstLine, labelOf, withoutColours } from "./progress";

/** Resource of an operation. */
export interface TreeResource {
  label: string;
  parent?: string;
  /** Progress of the resource; `same` needs no change. */
  state: "working" | "done" | "failed" | "same";
  /** Condition that it waits for, from the provider's message. */
  waitsFor?: string;
  /** Seconds since the epoch. */
  since: number;
  /** Whether it is a component, which only waits for its children. */
  component: boolean;
}

/** Resources of an operation by URN, in the order of their events. Only `reduceTree` changes it. */
export type Tree = Readonly<Record<string, TreeResource>>;

export const emptyTree: Tree = {};

/** Returns the tree after another event of the engine. */
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

const marks: Readonly<Record<TreeResource["state"], string>> = { working: "…", done: "✔", failed: "✖", same: " " };

/**
 * Returns the changed resources of an operation and their parents as a tree, each with its wait and duration. If there are too
 * few rows, completed resources are left out first.
 *
 * @param now seconds since the epoch
 */
export function treeLines(tree: Tree, now: number, rows: number): string[] {
  const all = shownUrns(tree, ({ state }) => state !== "same");
  const shown = all.size <= rows ? all : shownUrns(tree, ({ state }) => state === "working" || state === "failed");
  const lines = roots(tree, shown).flatMap((urn) => linesOf(tree, shown, urn, 1, now));
  if (lines.length <= rows) return lines;
  const kept = Math.max(0, rows - 1);
  return [...lines.slice(0, kept), `  and ${lines.length - kept} more`];
}

/** Returns the selected resources and their parents. */
function shownUrns(tree: Tree, picks: (resource: TreeResource) => boolean): ReadonlySet<string> {
  const shown = new Set<string>();
  for (const [urn, resource] of Object.entries(tree)) {
    if (!picks(resource)) continue;
    for (let at: string | undefined = urn; at !== undefined && tree[at] !== undefined && !shown.has(at);) {
      shown.add(at);
      at = tree[at]?.parent;
    }
  }
  return shown;
}

function roots(tree: Tree, shown: ReadonlySet<string>): string[] {
  return Object.keys(tree).filter((urn) => shown.has(urn) && !shown.has(tree[urn]?.parent ?? ""));
}

function linesOf(tree: Tree, shown: ReadonlySet<string>, urn: string, depth: number, now: number): string[] {
  const resource = tree[urn];
  if (resource === undefined) return [];
  const children = Object.keys(tree).filter((other) => shown.has(other) && tree[other]?.parent === urn);
  return [
    `${"  ".repeat(depth)}${marks[resource.state]} ${resource.label}${detailOf(resource, now)}`,
    ...children.flatMap((child) => linesOf(tree, shown, child, depth + 1, now)),
  ];
}

function detailOf({ state, waitsFor, since, component }: TreeResource, now: number): string {
  if (state === "failed") return waitsFor === undefined ? "" : `: ${waitsFor}`;
  if (state !== "working" || component) return "";
  const seconds = Math.max(0, Math.round(now - since));
  return `${seconds < 2 ? "" : ` ${seconds} s`}${waitsFor === undefined ? "" : `: ${waitsFor}`}`;
}
