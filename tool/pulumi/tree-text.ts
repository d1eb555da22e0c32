import type { Tree, TreeResource } from "./tree";

const marks: Readonly<Record<TreeResource["state"], string>> = { working: "…", done: "✔", failed: "✖", same: " " };

/**
 * The resources of an operation as a tree, each with what it waits for and how long: those that change, and what they are below. Where
 * there is no room for all of them, first those go that are done.
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

/** Those that are picked, and everything that they are below. */
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
