import assert from "node:assert/strict";
import { secondsByOrigin } from "../../../bench/profiled";

const frame = (url: string, functionName = "load") => ({ functionName, url });

describe("a CPU profile by origin", () => {
  it("sums each sample's time, by package, own folder, Node.js and garbage collection; idle time is none", () => {
    const nodes = [
      frame("file:///repo/node_modules/@pulumi/pulumi/index.js"),
      frame("/repo/node_modules/a/node_modules/b/index.js"),
      frame("/repo/stacks/index.ts"),
      frame("node:fs"),
      frame("", "(garbage collector)"),
      frame("", "(idle)"),
    ].map((callFrame, id) => ({ id, callFrame }));
    const samples = [0, 1, 2, 3, 4, 5, 0];
    const timeDeltas = [1e6, 2e6, 3e6, 4e6, 5e6, 9e6, 0.5e6];
    assert.deepEqual(secondsByOrigin({ nodes, samples, timeDeltas }, "/repo"), [
      ["garbage collection", 5],
      ["Node.js", 4],
      ["stacks/", 3],
      ["b", 2],
      ["@pulumi/pulumi", 1.5],
    ]);
  });
});
