import assert from "node:assert/strict";
import fc from "fast-check";
import { tolerateAll } from "../../../components/taints";

describe("taints and tolerations", () => {
  const taint = { key: "dedicated", value: "storage", effect: "NoSchedule" };

  it("are matched as the scheduler matches them", () => {
    assert.ok(tolerateAll([], []));
    assert.ok(!tolerateAll([], [taint]));
    assert.ok(tolerateAll([{ operator: "Exists" }], [taint]));
    assert.ok(tolerateAll([{ key: "dedicated", operator: "Exists", effect: "NoSchedule" }], [taint]));
    assert.ok(tolerateAll([{ key: "dedicated", value: "storage" }], [taint]));
    assert.ok(tolerateAll([{ key: "dedicated" }], [{ ...taint, value: undefined }]));
    assert.ok(!tolerateAll([{ key: "dedicated" }], [taint]));
    assert.ok(!tolerateAll([{ key: "dedicated", value: "storage", effect: "NoExecute" }], [taint]));
    assert.ok(!tolerateAll([{ key: "other", operator: "Exists" }], [taint]));
    // As the API server may write what was left out.
    assert.ok(tolerateAll([{ key: "", operator: "Exists", effect: "" }], [taint]));
    assert.ok(!tolerateAll([{ key: "dedicated", operator: "Gt", value: "storage" }], [taint]));
  });

  it("need one for each taint, and more of them never keep a pod off", () => {
    const key = fc.constantFrom("a", "b", "c");
    const taints = fc.array(fc.record({ key, effect: fc.constantFrom("NoSchedule", "NoExecute") }));
    const tolerations = fc.array(fc.record({ key, operator: fc.constant("Exists" as const) }));
    fc.assert(
      fc.property(taints, tolerations, tolerations, (nodes, some, others) => {
        assert.equal(
          tolerateAll(some, nodes),
          nodes.every((one) => tolerateAll(some, [one])),
        );
        if (tolerateAll(some, nodes)) assert.ok(tolerateAll([...some, ...others], nodes));
      }),
    );
  });
});
