import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { longhornDefaults, type LonghornArgs } from "../../../components/longhorn";
import { removedSettings, removedSettingsTexts, valuesIn } from "../../../components/longhorn/settings-change-hook";
import { chartValues } from "../../../components/longhorn/values";
import { deferredSettings, deferredSettingsWarnings } from "../../../components/longhorn/deferred-settings";

const valuesOf = (args: LonghornArgs) => chartValues(longhornDefaults(args));
const removed = (old: LonghornArgs, args: LonghornArgs) => removedSettings(valuesOf(old), valuesOf(args));

describe("settings that are no longer written", () => {
  it("are those that had a value", () => {
    const one = { values: { defaultSettings: { snapshotMaxCount: "100", logLevel: "Debug" } } };
    assert.deepEqual(removed(one, {}), ["logLevel", "snapshotMaxCount"]);
    assert.deepEqual(removed(one, { values: { defaultSettings: { logLevel: null, snapshotMaxCount: "" } } }), [
      "logLevel",
    ]);
    assert.deepEqual(removed({}, one), []);
    assert.deepEqual(removed(one, one), []);
    assert.deepEqual(removedSettings(undefined, {}), []);
    assert.deepEqual(removedSettings({ defaultSettings: "a", defaultBackupStore: null }, {}), []);
  });

  it("are none where a version has them under another name", () => {
    const backup = { target: "nfs://nas:/export" };
    assert.deepEqual(removed({ version: "1.7.3", backup }, { version: "1.8.0", backup }), []);
    assert.deepEqual(removed({ version: "1.5.0" }, { version: "1.12.1" }), []);
  });

  it("are found where there is a secret among the values", async () => {
    const values = { defaultSettings: { logLevel: "Debug" } };
    assert.deepEqual(await valuesIn({ values: pulumi.secret(values) }), values);
    assert.deepEqual(await valuesIn({ values }), values);
    assert.equal(await valuesIn(undefined), undefined);
  });

  it("are found where a preview does not know all of the values", async () => {
    const resources = Promise.resolve(new Set<pulumi.Resource>());
    const open = { defaultSettings: { logLevel: pulumi.unknown } };
    const Output = pulumi.Output as unknown as new (...args: unknown[]) => pulumi.Output<unknown>;
    const values = new Output([], Promise.resolve(open), Promise.resolve(true), Promise.resolve(true), resources);
    assert.deepEqual(removedSettings(open, await valuesIn({ values })), []);
  });

  it("are told of with the way back", () => {
    const texts = removedSettingsTexts(
      removed(
        { placement: {}, backup: { target: "nfs://nas:/export" }, values: { defaultSettings: { logLevel: "Debug" } } },
        {},
      ),
    );
    assert.equal(texts.length, 3);
    assert.match(
      texts[0] ?? "",
      /continues to use its backup target although backup was removed.*patch backuptargets\.longhorn\.io/,
    );
    assert.match(texts[1] ?? "", /systemManagedComponentsNodeSelector, taintToleration\. Set placement to \{\}/);
    assert.match(texts[2] ?? "", /: logLevel\. To restore Longhorn's default, set settings\.logLevel: "Info"$/);
    assert.deepEqual(removedSettingsTexts([]), []);
  });
});

describe("settings whose change waits", () => {
  const changed = (old: object, values: object) =>
    deferredSettings({ defaultSettings: old }, { defaultSettings: values });

  it("are those that Longhorn takes over when no volume is attached, where another value is written", () => {
    assert.deepEqual(
      changed({ storageNetwork: "a/b", logLevel: "Info" }, { storageNetwork: "a/c", logLevel: "Warn" }),
      ["storage-network"],
    );
    assert.deepEqual(changed({ storageNetwork: "a/b" }, { storageNetwork: "a/b" }), []);
    assert.deepEqual(changed({}, { storageNetwork: "a/b" }), []);
    assert.deepEqual(changed({ storageNetwork: "a/b" }, {}), []);
    assert.deepEqual(deferredSettings(undefined, undefined), []);
  });

  it("are told of", () => {
    assert.deepEqual(deferredSettingsWarnings([]), []);
    assert.deepEqual(deferredSettingsWarnings(["priority-class", "storage-network"]), [
      "Longhorn applies a change of priority-class, storage-network only while no volume of any team is attached. " +
        "Until then the objects settings.longhorn.io have applied: false, and the old values stay in effect",
    ]);
  });
});
