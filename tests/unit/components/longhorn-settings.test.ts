import assert from "node:assert/strict";
import fc from "fast-check";
import { chartKeyViolations } from "../../../components/longhorn/settings/chart-key-violations";
import { knownChartBugs } from "../../../components/longhorn/settings/known-chart-bugs";
import { chartSettings } from "../../../components/longhorn/settings/chart-settings";
import {
  combinations,
  combinationViolations,
  combinationWarnings,
} from "../../../components/longhorn/settings/combinations";
import { owningInputs } from "../../../components/longhorn/settings/owned-settings";
import { defaultInput, defaultOf, enginesIn, enginesOf } from "../../../components/longhorn/settings/engines";
import { formats } from "../../../components/longhorn/settings/formats";
import { chartKeyIn, isAmong, releasesText } from "../../../components/longhorn/settings/releases";
import type { LonghornSetting } from "../../../components/longhorn/settings/setting";
import type { LonghornSettingsArgs } from "../../../components/longhorn/settings/settings-args";
import { storeSettings } from "../../../components/longhorn/settings/store-settings";
import {
  longhornSettings,
  settingNamed,
  settingOfInput,
  settingWithChartKey,
} from "../../../components/longhorn/settings/table";
import { settingText, valueRule } from "../../../components/longhorn/settings/value-rule";
import { settingsViolations } from "../../../components/longhorn/settings/violations";
import { violationText } from "../../../components/validation/violations";

const releases = [
  "1.5.0",
  "1.5.4",
  "1.6.4",
  "1.7.3",
  "1.8.0",
  "1.8.2",
  "1.9.1",
  "1.9.2",
  "1.10.2",
  "1.11.0",
  "1.12.0",
  "1.12.1",
];
const newest = "1.12.1";
const inputsOf = (version: string) =>
  longhornSettings.filter(
    (setting) =>
      chartKeyIn(version, setting) !== undefined && !setting.readOnly && !((setting.input ?? "") in owningInputs),
  );
const texts = (settings: unknown, version = newest) =>
  settingsViolations(settings, version).map((one) => violationText(one));

describe("the table of Longhorn's settings", () => {
  it("names every setting and every input once", () => {
    const names = longhornSettings.map(({ name }) => name);
    const inputs = longhornSettings.flatMap(({ input }) => input ?? []);
    assert.equal(new Set(names).size, names.length);
    assert.equal(new Set(inputs).size, inputs.length);
    for (const name of names) assert.equal(settingNamed(name)?.name, name);
    for (const input of inputs) assert.equal(settingOfInput(input)?.input, input);
    assert.equal(settingNamed("no-setting"), undefined);
    assert.equal(settingWithChartKey("offlineRelicaRebuilding")?.name, "offline-replica-rebuilding");
    assert.equal(settingWithChartKey("noKey"), undefined);
  });

  it("has defaults that it allows itself", () => {
    for (const setting of longhornSettings) {
      for (const engine of enginesOf(setting) ?? ["v1" as const]) {
        const byDefault = defaultOf(setting, engine);
        const value =
          setting.type === "bool" ? byDefault === "true" : setting.type === "string" ? byDefault : Number(byDefault);
        if (byDefault === "" && setting.optional !== true) continue; // what Longhorn itself finds out at its start
        assert.ok(valueRule(newest, setting, engine).holds(value), `${setting.name}: ${byDefault}`);
      }
    }
  });

  it("offers examples that it allows, in every release that has the setting", () => {
    for (const version of releases) {
      for (const setting of inputsOf(version)) {
        const { example, holds } = valueRule(version, setting);
        if (example !== "") assert.ok(holds(example), `${setting.name} in ${version}: ${String(example)}`);
      }
    }
    for (const [format, { example, holds }] of Object.entries(formats)) assert.ok(holds(example), format);
  });

  it("writes of a store only what Longhorn takes", () => {
    for (const [name, text] of Object.entries(storeSettings)) {
      const setting = settingNamed(name) ?? assert.fail(name);
      const value = setting.type === "bool" ? text === "true" : setting.type === "int" ? Number(text) : text;
      assert.ok(valueRule(newest, setting).holds(value), `${name}: ${text}`);
    }
  });

  it("has successors that are settings, and mistakes of charts that are no settings", () => {
    for (const { name, replacedBy } of longhornSettings) {
      if (replacedBy !== undefined && replacedBy !== "BackupTarget CR") assert.ok(settingNamed(replacedBy), name);
    }
    for (const { writes } of knownChartBugs) assert.equal(settingNamed(writes), undefined, writes);
  });
});

describe("releases", () => {
  it("reach from the first to the last, a minor version in full", () => {
    assert.ok(isAmong("1.7.9", { first: "1.5.0", last: "1.7" }));
    assert.ok(!isAmong("1.8.0", { first: "1.5.0", last: "1.7" }));
    assert.ok(isAmong("1.11.0", { first: "1.11.0", last: "1.11.0" }));
    assert.ok(!isAmong("1.11.1", { first: "1.11.0", last: "1.11.0" }));
    assert.ok(!isAmong("1.4.9", { first: "1.5.0" }));
    assert.ok(isAmong("2.0.0", { first: "1.5.0" }));
  });

  it("are said without the spelling's ranges", () => {
    const text = (name: string) => releasesText(settingNamed(name)?.charts ?? []);
    assert.equal(text("offline-replica-rebuilding"), "1.5.0 to 1.6, and since 1.9.0");
    assert.equal(text("node-disk-health-monitoring"), "since 1.11.0");
    assert.equal(text("orphan-auto-deletion"), "1.5.0 to 1.8");
    assert.equal(text("data-engine-interrupt-mode-enabled"), "1.11.3 to 1.11, and since 1.12.1");
  });

  it("decide the chart's key, as that chart spells it", () => {
    const key = (name: string, version: string) => chartKeyIn(version, settingNamed(name) ?? assert.fail(name));
    assert.equal(key("offline-replica-rebuilding", "1.6.4"), "offlineReplicaRebuilding");
    assert.equal(key("offline-replica-rebuilding", "1.7.0"), undefined);
    assert.equal(key("offline-replica-rebuilding", "1.9.1"), "offlineRelicaRebuilding");
    assert.equal(key("offline-replica-rebuilding", "1.9.2"), "offlineReplicaRebuilding");
    assert.equal(key("node-disk-health-monitoring", "1.11.0"), "nameodeDiskHealthMonitoring");
    assert.equal(key("backup-execution-timeout", "1.8.0"), undefined);
    assert.equal(key("registry-secret", newest), undefined);
  });
});

describe("the settings as inputs", () => {
  it("are refused with what is allowed, all at once", () => {
    assert.deepEqual(
      texts({
        replicaAutobalance: "least-effort",
        replicaAutoBalance: "least",
        snapshotMaxCount: 1,
        autoSalvage: "true",
        engineReplicaTimeout: "8",
        defaultReplicaCount: { v1: 21, v3: 1 },
        freezeFilesystemForSnapshot: { v2: true },
        guaranteedInstanceManagerCPU: {},
        nodeDownPodDeletionPolicy: "do-nothing",
        "log-level": "Info",
        "registry-secret": "pull",
        "current-longhorn-version": "1",
        orphanAutoDeletion: true,
        defaultBackupBlockSize: 4,
        snapshotDataIntegrityCronjob: { v1: "0 0 30 2 *" },
      }),
      [
        `  settings.replicaAutobalance: got "least-effort"; allowed: a setting with a key in Longhorn's chart; did you mean replicaAutoBalance?
    fix: settings.replicaAutoBalance: "least-effort", instead of settings.replicaAutobalance
    or: remove settings.replicaAutobalance`,
        `  settings.replicaAutoBalance: got "least"; allowed: "disabled", "least-effort", "best-effort"
    fix: settings.replicaAutoBalance: "disabled"`,
        `  settings.snapshotMaxCount: got 1; allowed: a whole number from 2 to 250
    fix: settings.snapshotMaxCount: 250`,
        `  settings.autoSalvage: got "true"; allowed: true or false
    fix: settings.autoSalvage: true`,
        '  settings.engineReplicaTimeout: got "8"; allowed: a whole number from 8 to 30, or an object with a value per ' +
          "data engine: v1, v2\n    fix: settings.engineReplicaTimeout: 8",
        `  settings.defaultReplicaCount.v1: got 21; allowed: a whole number from 1 to 20
    fix: settings.defaultReplicaCount.v1: 3`,
        "  settings.defaultReplicaCount.v3: got 1; allowed: unset, because the setting has values for v1 and v2 only\n    " +
          "fix: remove settings.defaultReplicaCount.v3",
        "  settings.freezeFilesystemForSnapshot.v2: got true; allowed: unset, because the setting has values for v1 " +
          "only\n    fix: remove settings.freezeFilesystemForSnapshot.v2",
        "  settings.guaranteedInstanceManagerCPU: got {}; allowed: a number from 0 to 40, or an object with a value per " +
          "data engine: v1, v2\n    fix: settings.guaranteedInstanceManagerCPU: 12",
        '  settings.nodeDownPodDeletionPolicy: got "do-nothing"; allowed: unset; use the input podDeletionPolicy\n    ' +
          'fix: podDeletionPolicy: "do-nothing", instead of settings.nodeDownPodDeletionPolicy',
        `  settings.log-level: got "Info"; allowed: a setting with a key in Longhorn's chart; did you mean logLevel?
    fix: settings.logLevel: "Info", instead of settings.log-level
    or: remove settings.log-level`,
        '  settings.registry-secret: got "pull"; allowed: unset, because no chart supports registry-secret; set it after ' +
          "the installation: kubectl -n longhorn-system patch settings.longhorn.io registry-secret --type merge -p " +
          '\'{"value":"…"}\'\n    fix: remove settings.registry-secret',
        '  settings.current-longhorn-version: got "1"; allowed: unset, because only Longhorn sets ' +
          "current-longhorn-version\n    fix: remove settings.current-longhorn-version",
        "  settings.orphanAutoDeletion: got true; allowed: unset with version 1.12.1, whose chart drops it; available " +
          "1.5.0 to 1.8; replaced by orphanResourceAutoDeletion\n    fix: remove settings.orphanAutoDeletion",
        `  settings.defaultBackupBlockSize: got 4; allowed: 2, 16
    fix: settings.defaultBackupBlockSize: 2`,
        '  settings.snapshotDataIntegrityCronjob.v1: got "0 0 30 2 *"; allowed: a schedule with a next time, such as "0 ' +
          '0 */7 * *"\n    fix: settings.snapshotDataIntegrityCronjob.v1: "0 0 */7 * *"',
      ],
    );
  });

  it("are offered under the name and with the value that Longhorn takes", () => {
    const fixesOf = (settings: object, version = newest) =>
      settingsViolations(settings, version).map(({ fixes }) => fixes[0]);
    assert.deepEqual(fixesOf({ guaranteedInstanceManagerCpu: 5 }), [
      {
        field: "settings.guaranteedInstanceManagerCPU",
        value: 5,
        instead: "settings.guaranteedInstanceManagerCpu",
      },
    ]);
    assert.deepEqual(fixesOf({ nodeDownPoddeletionPolicy: "Delete-both-statefulset-and-deployment-pod" }), [
      {
        field: "podDeletionPolicy",
        value: "delete-both-statefulset-and-deployment-pod",
        instead: "settings.nodeDownPoddeletionPolicy",
      },
    ]);
    assert.deepEqual(fixesOf({ staleReplicaTimeout: 30 }), [
      { field: "storageClass.staleReplicaTimeoutMinutes", value: 30, instead: "settings.staleReplicaTimeout" },
    ]);
    assert.deepEqual(fixesOf({ defaultReplicaCount: "2" }), [{ field: "settings.defaultReplicaCount", value: 2 }]);
  });

  it("are refused by names that every object has", () => {
    for (const name of ["constructor", "toString", "__proto__"]) {
      const [violation] = settingsViolations(JSON.parse(`{"${name}":1}`), newest);
      assert.match(violation?.allowed ?? "", /^a setting with a key in Longhorn's chart/);
    }
  });

  it("are refused where the release is too old for the value", () => {
    assert.deepEqual(
      texts({ nodeDrainPolicy: "block-for-eviction", guaranteedInstanceManagerCPU: { v1: 12.5 } }, "1.5.3"),
      [
        `  settings.nodeDrainPolicy: got "block-for-eviction"; allowed: "block-if-contains-last-replica", "allow-if-replica-is-stopped", "always-allow"
    fix: settings.nodeDrainPolicy: "block-if-contains-last-replica"`,
        `  settings.guaranteedInstanceManagerCPU.v1: got 12.5; allowed: a whole number from 0 to 40, before 1.10.0
    fix: settings.guaranteedInstanceManagerCPU.v1: 12`,
      ],
    );
    assert.deepEqual(texts({ engineReplicaTimeout: { v2: 8 }, snapshotMaxCount: 9 }, "1.6.0"), [
      "  settings.engineReplicaTimeout.v2: got 8; allowed: unset with version 1.6.0: values for v2 are available since " +
        "1.10.0\n    fix: remove settings.engineReplicaTimeout.v2",
      "  settings.snapshotMaxCount: got 9; allowed: unset with version 1.6.0, whose chart drops it; available since " +
        "1.6.1\n    fix: remove settings.snapshotMaxCount",
    ]);
    assert.deepEqual(texts({ nodeDrainPolicy: "block-for-eviction", engineReplicaTimeout: { v2: 8 } }), []);
  });

  it("are refused where they are no object, and none where there are none", () => {
    assert.deepEqual(texts(["a"]), [
      '  settings: got ["a"]; allowed: an object of settings, by their names in the chart\'s defaultSettings\n    fix: ' +
        "remove settings",
    ]);
    assert.deepEqual(texts(undefined), []);
    assert.deepEqual(texts({ autoSalvage: undefined }), []);
  });

  it("are refused together where Longhorn or a store cannot live with them", () => {
    assert.deepEqual(texts({ v1DataEngine: false, disableSnapshotPurge: true }), [
      "  settings.v1DataEngine: got false; allowed: another value, because stores use the v1 data engine, and their " +
        "volumes could not be attached\n    fix: remove settings.v1DataEngine",
      "  settings.disableSnapshotPurge: got true; allowed: another value, because Longhorn refuses it together with " +
        "autoCleanupSystemGeneratedSnapshot, which is true unless it is set to false\n    fix: remove " +
        "settings.disableSnapshotPurge",
    ]);
    assert.deepEqual(texts({ disableSnapshotPurge: true, autoCleanupSystemGeneratedSnapshot: false }), []);
  });

  it("are warned about where they hurt a store, each once", () => {
    const hurting: LonghornSettingsArgs = {
      defaultDataLocality: "strict-local",
      defaultReplicaCount: { v1: 1 },
      allowVolumeCreationWithDegradedAvailability: false,
      autoSalvage: false,
      autoDeletePodWhenVolumeDetachedUnexpectedly: false,
      replicaSoftAntiAffinity: true,
      replicaZoneSoftAntiAffinity: false,
      nodeDrainPolicy: "always-allow",
      concurrentReplicaRebuildPerNodeLimit: 0,
      storageOverProvisioningPercentage: 200,
      storageMinimalAvailablePercentage: 0,
      orphanResourceAutoDeletion: "replica-data;instance",
      createDefaultDiskLabeledNodes: true,
      rwxVolumeFastFailover: true,
      fastReplicaRebuildEnabled: { v1: false },
      defaultLonghornStaticStorageClass: "longhorn",
    };
    assert.deepEqual(texts(hurting), []);
    const warnings = combinationWarnings(hurting);
    assert.equal(warnings.length, combinations.filter(({ severity }) => severity === "warning").length);
    for (const [index, input] of Object.keys(hurting).entries()) {
      assert.ok(
        warnings[index]?.startsWith(
          `settings.${input} is ${JSON.stringify(hurting[input as keyof LonghornSettingsArgs])}: `,
        ),
        warnings[index],
      );
    }
    assert.equal(
      warnings[2],
      "settings.allowVolumeCreationWithDegradedAvailability is false: a detached volume is not attached again unless " +
        "all its replicas can be scheduled: on three nodes with one down, the next failover fails.",
    );
  });

  it("are not warned about as Longhorn has them", () => {
    const defaults = Object.fromEntries(
      inputsOf(newest).map((setting) => [setting.input, defaultInput(setting)]),
    ) as LonghornSettingsArgs;
    assert.deepEqual(combinationWarnings(defaults), []);
    assert.deepEqual(combinationViolations(defaults), []);
  });
});

/** Values that a setting's definition allows. */
function allowedValues(setting: LonghornSetting): fc.Arbitrary<unknown> {
  const { type, options, min = -1_000_000, max = 1_000_000, format, optional = false } = setting;
  if (type === "bool") return fc.boolean();
  if (options) return fc.constantFrom(...options);
  if (type === "int") return fc.integer({ min, max: Math.max(min, max) });
  if (type === "float") return fc.double({ min, max, noNaN: true });
  const some = format ? fc.constant(formats[format].example) : fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
  return optional ? fc.oneof(fc.constant(""), some) : some;
}

describe("every setting, in every release that has it", () => {
  const anyVersion = fc.constantFrom(...releases);

  it("is taken with a value that its definition allows, and written as a text under the chart's key", () => {
    fc.assert(
      fc.property(
        anyVersion.chain((version) =>
          fc.tuple(
            fc.constant(version),
            fc
              .constantFrom(...inputsOf(version))
              .chain((setting) => fc.tuple(fc.constant(setting), allowedValues(setting))),
          ),
        ),
        ([version, [setting, value]]) => {
          const { before, input = "" } = setting;
          const rule = valueRule(version, setting);
          if (!rule.holds(value)) {
            assert.ok(before !== undefined || setting.optionsFirst !== undefined, `${setting.name}: ${String(value)}`);
            return;
          }
          const engines = enginesIn(version, setting);
          const chosen = {
            [input]: engines === undefined ? value : Object.fromEntries(engines.map((engine) => [engine, value])),
          };
          if (combinationViolations(chosen).length > 0) return;
          assert.deepEqual(settingsViolations(chosen, version), []);
          const key = chartKeyIn(version, setting) ?? assert.fail(setting.name);
          const text = chartSettings(version, chosen)[key] ?? assert.fail(key);
          const plain = /^".*"$/s.test(text) ? (JSON.parse(text) as string) : text;
          assert.equal(plain, settingText(version, setting, value));
          if (!JSON.stringify(text).includes("{")) assert.ok(!/[\n\r]/.test(text));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it("is refused with a value of another kind", () => {
    const others = fc.oneof(fc.constant(null), fc.array(fc.string()), fc.constant(Number.NaN), fc.constant("\n"));
    fc.assert(
      fc.property(fc.constantFrom(...inputsOf(newest)), others, (setting, value) => {
        const engines = enginesIn(newest, setting);
        const chosen = { [setting.input ?? ""]: engines === undefined ? value : { [engines[0] ?? "v1"]: value } };
        assert.equal(settingsViolations(chosen, newest).length, 1, setting.name);
      }),
    );
  });

  it("has a value for each engine from 1.10 on, all of them named where they differ", () => {
    const differing: LonghornSettingsArgs = {
      engineReplicaTimeout: { v1: 9 },
      snapshotDataIntegrity: { v1: "enabled", v2: "enabled" },
    };
    const newer = chartSettings("1.10.0", differing);
    assert.equal(newer["engineReplicaTimeout"], '{"v1":"9","v2":"8"}');
    assert.equal(newer["snapshotDataIntegrity"], "enabled");
    assert.equal(chartSettings("1.9.2", differing)["engineReplicaTimeout"], "9");
  });

  it("is written as older charts need it", () => {
    const settings: LonghornSettingsArgs = {
      offlineReplicaRebuilding: true,
      snapshotDataIntegrityCronjob: { v1: "*/5 * * * *" },
    };
    assert.equal(chartSettings("1.6.4", settings)["offlineReplicaRebuilding"], "enabled");
    assert.equal(chartSettings("1.9.0", settings)["offlineRelicaRebuilding"], "true");
    assert.equal(chartSettings("1.9.0", settings)["snapshotDataIntegrityCronjob"], '"*/5 * * * *"');
    assert.equal(
      chartSettings("1.11.0", { snapshotDataIntegrityCronjob: { v1: "*/5 * * * *", v2: "*/5 * * * *" } })[
        "snapshotDataIntegrityCronjob"
      ],
      "*/5 * * * *",
    );
  });

  it("is what a store needs where nothing is chosen", () => {
    assert.equal(Object.keys(chartSettings(newest)).length, Object.keys(storeSettings).length);
    assert.ok("orphanResourceAutoDeletion" in chartSettings("1.9.0"));
    assert.ok(!("orphanResourceAutoDeletion" in chartSettings("1.8.9")));
    assert.equal(chartSettings(newest, { replicaAutoBalance: "disabled" })["replicaAutoBalance"], "disabled");
    assert.equal(
      chartSettings(newest, {}, { "deleting-confirmation-flag": "true" })["deletingConfirmationFlag"],
      "true",
    );
  });
});

describe("keys of the chart that the untyped values name", () => {
  const keyTexts = (settings: Record<string, unknown>, version = newest) =>
    chartKeyViolations(settings, version).map((one) => violationText(one));

  it("are refused where the chart would drop them, or write what Longhorn drops", () => {
    assert.deepEqual(
      keyTexts({
        rebuildConcurrentSyncLimit: 2,
        snapshotMaxcount: 9,
        orphanAutoDeletion: true,
        logLevel: "Info",
        autoSalvage: null,
      }),
      [
        "  values.defaultSettings.rebuildConcurrentSyncLimit: got 2; allowed: unset with version 1.12.1: its chart " +
          "writes it as rebuild-concurrent-sync-limit, a name that Longhorn does not know, and drops it\n    fix: remove " +
          "values.defaultSettings.rebuildConcurrentSyncLimit",
        `  values.defaultSettings.snapshotMaxcount: got 9; allowed: a key of the chart 1.12.1, which drops unknown keys; did you mean snapshotMaxCount?
    fix: remove values.defaultSettings.snapshotMaxcount`,
        "  values.defaultSettings.orphanAutoDeletion: got true; allowed: unset with version 1.12.1, whose chart drops " +
          "it; available 1.5.0 to 1.8\n    fix: remove values.defaultSettings.orphanAutoDeletion",
      ],
    );
    assert.deepEqual(keyTexts({ guaranteedEngineManagerCPU: 12 }, "1.5.1"), [
      "  values.defaultSettings.guaranteedEngineManagerCPU: got 12; allowed: unset with version 1.5.1: its chart " +
        "writes it as guaranteed-engine-manager-cpu, a name that Longhorn does not know, and drops every setting with " +
        "it\n    fix: remove values.defaultSettings.guaranteedEngineManagerCPU",
    ]);
  });

  it("are left to a chart that is newer than the table", () => {
    assert.deepEqual(keyTexts({ somethingNew: 1 }, "1.13.0"), []);
  });
});
