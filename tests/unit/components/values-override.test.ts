import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { longhornDefaults } from "../../../components/longhorn";
import { overridden, overrideViolations } from "../../../components/longhorn/values-override";
import { chartValues } from "../../../components/longhorn/values";

const refused = (values: unknown) => overrideViolations(values).map(({ field }) => field);

const tree = fc.letrec<{ tree: object; value: unknown }>((tie) => ({
  tree: fc.dictionary(fc.constantFrom("a", "b", "c", "__proto__"), tie("value"), { maxKeys: 3, noNullPrototype: true }),
  value: fc.oneof(
    { maxDepth: 3 },
    fc.integer(),
    fc.constant(null),
    fc.array(fc.integer(), { maxLength: 2 }),
    tie("tree"),
  ),
})).tree;

describe("values over values", () => {
  it("go into objects key by key; anything else takes the place of what was there", () => {
    assert.deepEqual(
      overridden({ a: { b: 1, c: [1, 2] }, d: 3, e: { f: 4 } }, { a: { c: [5], g: null }, d: { h: 6 }, e: 7 }),
      { a: { b: 1, c: [5], g: null }, d: { h: 6 }, e: 7 },
    );
  });

  it("win wherever they say something, and change nothing elsewhere", () => {
    fc.assert(
      fc.property(tree, tree, (values, override) => {
        const merged = overridden(values, override);
        assert.deepEqual(overridden(merged, override), merged);
        assert.deepEqual(overridden(values, {}), overridden({}, values));
        assert.deepEqual(
          Object.keys(merged).sort(),
          [...new Set([...Object.keys(values), ...Object.keys(override)])].sort(),
        );
      }),
    );
    assert.deepEqual(({} as Record<string, unknown>)["a"], undefined, "the prototype of objects is as it was");
  });

  it("take an Output as it is", () => {
    const output = pulumi.output({ b: 1 });
    assert.equal(overridden({ a: { c: 2 } }, { a: output })["a"], output);
  });
});

describe("the values of a Longhorn", () => {
  it("go over what the inputs say, which goes over what the package says by itself", () => {
    const { defaultSettings, global, longhornUI } = chartValues(
      longhornDefaults({
        images: { registry: "registry.example.com" },
        placement: { tolerations: [{ operator: "Exists" }] },
        values: {
          defaultSettings: { replicaAutoBalance: "disabled", taintToleration: "a:NoSchedule", snapshotMaxCount: "100" },
          global: { imageRegistry: "other.example.com" },
          longhornUI: { replicas: 1 },
        },
      }),
    );
    assert.equal(defaultSettings["replicaAutoBalance"], "disabled");
    assert.equal(defaultSettings["taintToleration"], "a:NoSchedule");
    assert.equal(defaultSettings["snapshotMaxCount"], "100");
    assert.equal(defaultSettings["autoSalvage"], "true");
    assert.deepEqual(global, {
      imageRegistry: "other.example.com",
      nodeSelector: {},
      tolerations: [{ operator: "Exists" }],
    });
    assert.deepEqual(longhornUI, { replicas: 1 });
  });

  it("are refused where an input decides over data", () => {
    const defaultSettings = {
      ...{ nodeDownPodDeletionPolicy: "do-nothing", deletingConfirmationFlag: true, backupTarget: "s3://b@r/" },
      ...{ backupTargetCredentialSecret: "a", backupstorePollInterval: "1", autoSalvage: "false" },
    };
    const values = {
      ...{ defaultSettings, defaultBackupStore: { pollInterval: 1 }, persistence: null, namespaceOverride: "a" },
      service: { ui: { type: "NodePort" } },
    };
    assert.deepEqual(refused(values), [
      ...["nodeDownPodDeletionPolicy", "deletingConfirmationFlag", "backupTarget", "backupTargetCredentialSecret"].map(
        (key) => `values.defaultSettings.${key}`,
      ),
      ...["values.defaultSettings.backupstorePollInterval", "values.defaultBackupStore"],
      ...["values.persistence", "values.namespaceOverride"],
    ]);
    const [policy] = overrideViolations(values);
    assert.match(policy?.allowed ?? "", /use the input podDeletionPolicy/);
  });

  it("are refused where they would take away what the inputs say", () => {
    for (const value of [null, "a", [], pulumi.output({}), Promise.resolve({})]) {
      assert.deepEqual(refused({ defaultSettings: value }), ["values.defaultSettings"]);
      assert.deepEqual(refused({ global: value }), ["values.global"]);
      assert.deepEqual(refused(value), ["values"]);
    }
    assert.deepEqual(refused({ defaultSettings: { logLevel: pulumi.output("Debug") }, ingress: null }), []);
    assert.deepEqual(refused(undefined), []);
  });
});
