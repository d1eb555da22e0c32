import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { overrideViolations, overrideWarnings } from "../../../components/longhorn/values-override";
import { violationText } from "../../../components/validation/violations";

const refused = (version: string, defaultSettings: object) =>
  overrideViolations({ defaultSettings }, version).map((one) => violationText(one).trim());

describe("values under defaultSettings", () => {
  it("are refused as the input settings refuses them", () => {
    const cases: [string, object][] = [
      ["1.8.2", { replicaAutoBalance: true }],
      ["1.6.0", { allowRecurringJobWhileVolumeDetached: "enabled" }],
      ["1.12.1", { freezeFilesystemForSnapshot: "ignored" }],
      ["1.12.1", { defaultDataPath: "" }],
      ["1.11.2", { systemManagedComponentsNodeSelector: "node-role.kubernetes.io/longhorn=true" }],
      ["1.11.2", { taintToleration: "dedicated" }],
      ["1.12.1", { v1DataEngine: false }],
      ["1.12.1", { v1DataEngine: "false" }],
      ["1.12.1", { nodeDrainPolicy: "nonsense" }],
      ["1.12.1", { replicaSoftAntiAffinity: "maybe" }],
      ["1.12.1", { defaultReplicaCount: "many" }],
      ["1.12.1", { defaultReplicaCount: { v1: 21 } }],
      ["1.12.1", { defaultReplicaCount: '{"v1":"21"}' }],
      ["1.12.1", { snapshotMaxCount: 1.5 }],
    ];
    for (const [version, settings] of cases) {
      const [key = ""] = Object.keys(settings);
      const [text = "", ...more] = refused(version, settings);
      assert.ok(text.startsWith(`values.defaultSettings.${key}: got `), `${key}: ${text}`);
      assert.deepEqual(more, []);
    }
    assert.deepEqual(refused("1.8.2", { replicaAutoBalance: true }), [
      'values.defaultSettings.replicaAutoBalance: got true; allowed: "disabled", "least-effort", "best-effort"\n' +
        '    fix: values.defaultSettings.replicaAutoBalance: "disabled"',
    ]);
  });

  it("are refused together with those of the input settings", () => {
    const values = { defaultSettings: { disableSnapshotPurge: "true" } };
    const fieldsWith = (settings: object) => overrideViolations(values, "1.12.1", settings).map(({ field }) => field);
    assert.deepEqual(fieldsWith({}), ["values.defaultSettings.disableSnapshotPurge"]);
    assert.deepEqual(fieldsWith({ autoCleanupSystemGeneratedSnapshot: false }), []);
  });

  it("are taken as people write them for Helm", () => {
    const settings = {
      ...{ replicaSoftAntiAffinity: "true", autoSalvage: true, defaultReplicaCount: 3, snapshotMaxCount: "100" },
      ...{
        guaranteedInstanceManagerCPU: '{"v1":"12","v2":"12"}',
        engineReplicaTimeout: "8",
        storageReservedPercentageForDefaultDisk: 10,
      },
      ...{ taintToleration: "a=b:NoSchedule;c:NoExecute", systemManagedComponentsNodeSelector: "disk:ssd" },
      ...{ priorityClass: null, defaultDataPath: pulumi.output("/x"), nodeDrainPolicy: undefined },
    };
    assert.deepEqual(refused("1.12.1", settings), []);
    assert.deepEqual(refused("1.8.2", { taintToleration: '"a:NoSchedule"', defaultReplicaCount: 2 }), []);
  });

  it("are warned about where they hurt a store", () => {
    const warnings = overrideWarnings(
      { defaultSettings: { autoSalvage: "false", defaultReplicaCount: "1" } },
      "1.12.1",
    );
    assert.equal(warnings.length, 2);
    assert.ok(warnings.every((text) => text.startsWith("values.defaultSettings.")));
  });
});

describe("a secret among the values", () => {
  it("is refused in plain text, without being shown", () => {
    const [violation] = overrideViolations({ privateRegistry: { registryPasswd: "hunter2" } });
    assert.equal(violation?.field, "values.privateRegistry.registryPasswd");
    assert.doesNotMatch(violationText(violation), /hunter2/);
    assert.deepEqual(overrideViolations({ privateRegistry: { registryPasswd: pulumi.secret("x") } }), []);
    assert.deepEqual(overrideViolations({ privateRegistry: { registryPasswd: "" } }), []);
  });
});
