import assert from "node:assert/strict";
import fc from "fast-check";
import {
  nodeSelectorSetting,
  placementValues,
  placementViolations,
  tolerationSetting,
} from "../../../components/longhorn/placement";
import type { TolerationArgs } from "../../../components/tolerations";

const refused = (placement: Parameters<typeof placementViolations>[0]) =>
  placementViolations(placement).map(({ field }) => field);

const word = fc.stringMatching(/^[a-z0-9]([a-z0-9.-]{0,10}[a-z0-9])?$/);
const key = fc.oneof(
  word,
  word.map((name) => `example.com/${name}`),
);
const effect = fc.constantFrom(undefined, "NoSchedule", "PreferNoSchedule", "NoExecute");
const toleration = fc.oneof(
  fc.record({ key: fc.option(key, { nil: undefined }), operator: fc.constant("Exists"), effect }),
  fc.record({ key, operator: fc.constantFrom(undefined, "Equal"), value: fc.option(word, { nil: undefined }), effect }),
) as fc.Arbitrary<TolerationArgs>;

/** As Longhorn reads its setting `taint-toleration`. */
function readTolerations(setting: string) {
  if (setting === "") return [];
  return setting.split(";").map((one) => {
    const [taint = "", tolerated, ...more] = one.split(":");
    assert.ok(tolerated !== undefined && more.length === 0, one);
    const [name, value, ...rest] = taint.split("=");
    assert.equal(rest.length, 0, one);
    return { name, operator: value === undefined ? "Exists" : "Equal", value: value ?? "", tolerated };
  });
}

describe("the placement of Longhorn", () => {
  it("is of labels and tolerations as Kubernetes has them, without a time", () => {
    const tolerations = [{ key: "dedicated", value: "s3", effect: "NoExecute" }] as const;
    assert.deepEqual(refused({ nodeSelector: { "node-role.kubernetes.io/storage": "", zone: "a" } }), []);
    assert.deepEqual(refused({ tolerations: [...tolerations] }), []);
    assert.deepEqual(refused({}), []);
    assert.deepEqual(refused({ nodeSelector: { "a b": "c", d: "e f" } }), [
      'placement.nodeSelector["a b"]',
      'placement.nodeSelector["d"]',
    ]);
    assert.deepEqual(
      refused({ tolerations: [...tolerations, { key: "a", effect: "NoExecute", tolerationSeconds: 5 }] }),
      ["placement.tolerations[1].tolerationSeconds"],
    );
    assert.deepEqual(refused({ tolerations: [{ key: "a", tolerationSeconds: 5 }] }), [
      "placement.tolerations[0].tolerationSeconds",
    ]);
    assert.deepEqual(refused({ tolerations: [{}] }), ["placement.tolerations[0].key"]);
  });

  it("is written as Longhorn reads it", () => {
    assert.equal(tolerationSetting([]), "");
    assert.equal(
      tolerationSetting([
        { key: "dedicated", value: "s3", effect: "NoSchedule" },
        { key: "example.com/a", operator: "Exists", effect: "NoExecute" },
        { key: "empty" },
        { operator: "Exists" },
      ]),
      "dedicated=s3:NoSchedule;example.com/a:NoExecute;empty=:;:",
    );
    assert.equal(
      nodeSelectorSetting({ "node-role.kubernetes.io/storage": "", zone: "a" }),
      "node-role.kubernetes.io/storage:;zone:a",
    );
  });

  it("is read back as it was meant", () => {
    fc.assert(
      fc.property(fc.array(toleration, { maxLength: 4 }), (tolerations) => {
        assert.deepEqual(refused({ tolerations }), []);
        const meant = tolerations.map((one) => ({
          ...{
            name: one.key ?? "",
            operator: one.operator ?? "Equal",
            value: one.value ?? "",
            tolerated: one.effect ?? "",
          },
        }));
        assert.deepEqual(readTolerations(tolerationSetting(tolerations)), meant);
      }),
    );
    fc.assert(
      fc.property(fc.dictionary(key, fc.oneof(word, fc.constant("")), { noNullPrototype: true }), (nodeSelector) => {
        assert.deepEqual(refused({ nodeSelector }), []);
        const setting = nodeSelectorSetting(nodeSelector);
        const pairs = setting === "" ? [] : setting.split(";").map((pair) => pair.split(":"));
        assert.deepEqual(pairs, Object.entries(nodeSelector));
      }),
    );
  });

  it("goes to the pods of the chart and to those of the manager; an empty one takes both back", () => {
    const placement = {
      nodeSelector: { storage: "" },
      tolerations: [{ key: "dedicated", operator: "Exists" as const }],
    };
    assert.deepEqual(placementValues("1.12.1", placement), {
      global: placement,
      defaultSettings: { taintToleration: "dedicated:", systemManagedComponentsNodeSelector: "storage:" },
    });
    assert.deepEqual(placementValues("1.12.1", {}), {
      global: { nodeSelector: {}, tolerations: [] },
      defaultSettings: { taintToleration: "", systemManagedComponentsNodeSelector: "" },
    });
    assert.deepEqual(placementValues("1.12.1", undefined), {});
  });

  it("goes to the chart of an older version under its own keys, as text that is YAML there", () => {
    const nodeSelector = { storage: "" };
    assert.deepEqual(Object.keys(placementValues("1.7.0", { nodeSelector })), ["global", "defaultSettings"]);
    assert.deepEqual(placementValues("1.6.4", { nodeSelector }), {
      longhornManager: { nodeSelector, tolerations: [] },
      longhornDriver: { nodeSelector, tolerations: [] },
      longhornUI: { nodeSelector, tolerations: [] },
      defaultSettings: { taintToleration: '""', systemManagedComponentsNodeSelector: '"storage:"' },
    });
  });
});
