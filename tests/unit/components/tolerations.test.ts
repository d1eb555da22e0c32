import assert from "node:assert/strict";
import fc from "fast-check";
import { labelKey, labelValue } from "../../../components/validation/kubernetes-names";
import { TaintEffect, TolerationOperator, tolerationViolations } from "../../../components/tolerations";

const refused = (toleration: object) => tolerationViolations("tolerations", [toleration]).map(({ field }) => field);

describe("tolerations", () => {
  it("are taken as Kubernetes takes them", () => {
    const good = [
      { operator: TolerationOperator.Exists },
      { key: "dedicated" },
      { key: "example.com/dedicated", operator: TolerationOperator.Equal, value: "storage", effect: "NoSchedule" },
      { key: "dedicated", operator: TolerationOperator.Exists, effect: TaintEffect.PreferNoSchedule },
      { key: "a", value: "", effect: TaintEffect.NoExecute, tolerationSeconds: 0 },
    ] as const;
    assert.deepEqual(tolerationViolations("tolerations", good), []);
    assert.deepEqual(tolerationViolations("tolerations", undefined), []);
  });

  it("are refused one by one", () => {
    assert.deepEqual(refused({}), ["tolerations[0].key"]);
    assert.deepEqual(refused({ key: "" }), ["tolerations[0].key"]);
    assert.deepEqual(refused({ key: "a/b/c" }), ["tolerations[0].key"]);
    assert.deepEqual(refused({ key: "a", operator: "exists" }), ["tolerations[0].operator"]);
    assert.deepEqual(refused({ key: "a", operator: "Exists", value: "b" }), ["tolerations[0].value"]);
    assert.deepEqual(refused({ key: "a", value: "b c" }), ["tolerations[0].value"]);
    assert.deepEqual(refused({ key: "a", effect: "NoRun" }), ["tolerations[0].effect"]);
    assert.deepEqual(refused({ key: "a", effect: "NoSchedule", tolerationSeconds: 5 }), [
      "tolerations[0].tolerationSeconds",
    ]);
    assert.deepEqual(refused({ key: "a", tolerationSeconds: 5 }), ["tolerations[0].tolerationSeconds"]);
    assert.deepEqual(refused({ key: "a", effect: "NoExecute", tolerationSeconds: 1.5 }), [
      "tolerations[0].tolerationSeconds",
    ]);
    const [noKey] = tolerationViolations("a.tolerations", [{ key: "b" }, { value: "c" }]);
    assert.deepEqual(
      [noKey?.field, ...(noKey?.fixes ?? []).map(({ field }) => field)],
      ["a.tolerations[1].key", "a.tolerations[1].key", "a.tolerations[1].operator"],
    );
  });
});

describe("keys and values of labels", () => {
  it("are those of the API server", () => {
    for (const key of ["a", "A.b_c-d", "example.com/a", "node.kubernetes.io/not-ready", "x".repeat(63)]) {
      assert.ok(labelKey("a").holds(key), key);
    }
    for (const key of ["", "/", "a/", "/a", "a/b/c", "-a", "a-", "Example.com/a", "x".repeat(64), "a b", 1, null]) {
      assert.ok(!labelKey("a").holds(key), String(key));
    }
    for (const value of ["", "a", "v1.2_3-4"]) assert.ok(labelValue("a").holds(value), value);
    for (const value of ["-", "a/b", "a,b", ".a", "x".repeat(64)]) assert.ok(!labelValue("a").holds(value), value);
  });

  it("of any other text are refused without a throw", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const isLabel = typeof value === "string" && /^([a-z0-9A-Z]([-\w.]{0,61}[a-z0-9A-Z])?)?$/.test(value);
        assert.equal(labelValue("a").holds(value), isLabel);
        if (labelKey("a").holds(value)) assert.match(value as string, /^([a-z0-9.-]+\/)?[\w.-]+$/);
      }),
    );
  });
});
