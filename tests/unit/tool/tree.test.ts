import assert from "node:assert/strict";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import fc from "fast-check";
import { emptyTree, reduceTree, type Tree, treeLines } from "../../../tool/pulumi/tree";

const urn = (type: string, name: string): string => `urn:pulumi:dev::longhorn-s3::${type}::${name}`;
const stack = urn("pulumi:pulumi:Stack", "longhorn-s3-dev");
const store = urn("longhorn-s3:index:ObjectStore", "photos");
const deployment = urn("longhorn-s3:index:ObjectStore$kubernetes:apps/v1:Deployment", "photos-gateway");
const claim = urn("longhorn-s3:index:ObjectStore$kubernetes:core/v1:PersistentVolumeClaim", "photos-volume");

let sequence = 0;
const event = (timestamp: number, part: Partial<EngineEvent>): EngineEvent => ({
  sequence: sequence++,
  timestamp,
  ...part,
});
const begins = (at: number, of: string, parent: string, op: "create" | "same" = "create"): EngineEvent => {
  const type = of.split("::")[2]?.split("$").at(-1) ?? "";
  const custom = type.startsWith("kubernetes:") || undefined;
  const state = { ...{ type, urn: of, id: "", parent, inputs: {}, outputs: {}, provider: "" }, custom };
  return event(at, { resourcePreEvent: { metadata: { op, urn: of, type, provider: "", new: state } } });
};
const metadataOf = (of: string) => ({ op: "create" as const, urn: of, type: "", provider: "" });
const ends = (at: number, of: string): EngineEvent => event(at, { resOutputsEvent: { metadata: metadataOf(of) } });
const fails = (at: number, of: string): EngineEvent =>
  event(at, { resOpFailedEvent: { metadata: metadataOf(of), status: 1, steps: 1 } });
const says = (at: number, of: string, message: string, ephemeral = true): EngineEvent =>
  event(at, { diagnosticEvent: { urn: of, message, color: "never", severity: "info", ephemeral } });

const after = (...events: EngineEvent[]): Tree => events.reduce(reduceTree, emptyTree);

/** As the engine tells them of a first update, in the middle of it. */
const midway = [
  begins(100, stack, ""),
  begins(100, store, stack),
  begins(101, claim, store),
  ends(102, claim),
  begins(102, deployment, store),
  says(103, deployment, "<{%fg 1%}>[1/2] Waiting for app ReplicaSet be available<{%reset%}>\nmore"),
];

describe("an operation as a tree", () => {
  it("has every resource below its parent, with what it waits for and how long", () => {
    assert.deepEqual(treeLines(after(...midway), 112.4, 20), [
      "  … Stack longhorn-s3-dev",
      "    … ObjectStore photos",
      "      ✔ PersistentVolumeClaim photos-volume",
      "      … Deployment photos-gateway 10 s: [1/2] Waiting for app ReplicaSet be available",
    ]);
  });

  it("leaves out first what is done, where there is no room, then the rest", () => {
    const tree = after(...midway);
    assert.deepEqual(treeLines(tree, 103, 3), [
      "  … Stack longhorn-s3-dev",
      "    … ObjectStore photos",
      "      … Deployment photos-gateway: [1/2] Waiting for app ReplicaSet be available",
    ]);
    assert.deepEqual(treeLines(tree, 103, 2), ["  … Stack longhorn-s3-dev", "  and 2 more"]);
  });

  it("shows what failed with its last words, and not what stays the same", () => {
    const kept = urn("kubernetes:core/v1:Secret", "photos-credentials");
    const tree = after(...midway, begins(104, kept, stack, "same"), ends(104, kept), fails(110, deployment));
    assert.deepEqual(treeLines(tree, 120, 20), [
      "  … Stack longhorn-s3-dev",
      "    … ObjectStore photos",
      "      ✔ PersistentVolumeClaim photos-volume",
      "      ✖ Deployment photos-gateway: [1/2] Waiting for app ReplicaSet be available",
    ]);
  });

  it("shows what changes below something that stays the same", () => {
    const tree = after(begins(1, store, "", "same"), ends(1, store), begins(2, deployment, store));
    assert.deepEqual(treeLines(tree, 2, 9), ["    ObjectStore photos", "    … Deployment photos-gateway"]);
  });

  it("takes no words that stay, nor of what has not begun", () => {
    const tree = after(...midway, says(105, deployment, "a warning", false), says(105, "urn:other", "words"));
    assert.deepEqual(tree, after(...midway));
  });

  it("never has more lines than there is room for, whatever comes", () => {
    const urns = fc.constantFrom(stack, store, deployment, claim);
    const events = fc.array(
      fc.oneof(
        fc.tuple(urns, urns).map(([of, parent]) => begins(1, of, of === parent ? "" : parent)),
        urns.map((of) => ends(2, of)),
        urns.map((of) => fails(2, of)),
        urns.map((of) => says(2, of, "words")),
      ),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(events, fc.integer({ min: 0, max: 10 }), (all, rows) => {
        assert.ok(treeLines(after(...all), 3, rows).length <= Math.max(rows, 1));
      }),
    );
  });
});
