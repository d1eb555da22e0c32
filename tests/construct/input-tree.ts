import assert from "node:assert/strict";
import { pathSegments } from "../../components/validation/property-path";

/** Arguments of a component, or a part of them. */
export type Tree = Record<string | number, unknown>;

/** Puts a value at a property path, and creates the objects and lists above it. */
export function put(args: Tree, field: string, value: unknown): void {
  const path = pathSegments(field);
  const last = path[path.length - 1] ?? assert.fail(field);
  const place = path.slice(0, -1).reduce<Tree>((tree, key, index) => {
    return (tree[key] ??= typeof path[index + 1] === "number" ? [] : {}) as Tree;
  }, args);
  place[last] = value;
}

/** Returns a copy of `args` with values at property paths. */
export function withInputs(args: Tree, inputs: Readonly<Record<string, unknown>>): Tree {
  const copy = structuredClone(args);
  for (const [field, value] of Object.entries(inputs)) put(copy, field, structuredClone(value));
  return copy;
}
