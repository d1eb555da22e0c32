import assert from "node:assert/strict";
import { ApiException, CustomObjectsApi, type KubeConfig } from "@kubernetes/client-node";
import { kubeConfigOf } from "../../tool/cluster/connection";
import fc from "fast-check";
import { owningInputs } from "../../components/longhorn/settings/owned-settings";
import { enginesIn, engineText } from "../../components/longhorn/settings/engines";
import { formats } from "../../components/longhorn/settings/formats";
import { isAmong } from "../../components/longhorn/settings/releases";
import type { LonghornSetting } from "../../components/longhorn/settings/setting";
import { longhornSettings } from "../../components/longhorn/settings/table";
import { settingText, valueRule } from "../../components/longhorn/settings/value-rule";
import { longhornDefaults } from "../../components/longhorn";
import { chartValues } from "../../components/longhorn/values";
import { readClusterFacts, type ClusterFacts } from "../../tool/features/preflight/cluster-facts";
import { preflightFindings } from "../../tool/features/preflight/findings";
import { askedOf } from "../../tool/features/verify/asked";
import { verify } from "../../tool/features/verify/verify";
import { prepareSandbox, type DeployedSandbox } from "../../testbed/sandboxes";

/** The version whose code the sandbox runs. */
const version = "1.12.0";

const place = { group: "longhorn.io", version: "v1beta2", namespace: "longhorn-system", plural: "settings" };

/** Settings of which Longhorn takes a value that we refuse, and why that is as it should be. */
const takenByLonghornAlone: Readonly<Record<string, string>> = {
  "default-data-path": "a path that is not absolute is no folder of the node",
  "log-path": "as default-data-path",
  "snapshot-data-integrity-cronjob": "a schedule that never comes, such as the 30th of February, is a mistake",
  "storage-network": "Longhorn looks for one slash only: an empty namespace or name passes",
  "endpoint-network-for-rwx-volume": "as storage-network",
  "data-engine-log-flags": "Longhorn takes a comma at the end",
};

/** Settings of which Longhorn refuses a value that we take, because of what else is in the cluster. */
const refusedByLonghornAlone: Readonly<Record<string, string>> = {
  "default-longhorn-static-storage-class": "it looks for the class",
  "v2-data-engine": "it wants huge pages on every node",
  "disable-snapshot-purge": "it looks at auto-cleanup-system-generated-snapshot, at which we look among the inputs",
};

describe("Longhorn's own code and the settings table", function () {
  this.timeout("15m");
  let world: DeployedSandbox;
  let custom: CustomObjectsApi;
  let beforeUp: ClusterFacts;
  let config: KubeConfig;

  before(async () => {
    world = await prepareSandbox();
    config = kubeConfigOf({ kubeconfig: world.sandbox.kubeconfig });
    beforeUp = await readClusterFacts(config);
    await world.deployment.up();
    custom = config.makeApiClient(CustomObjectsApi);
  });
  after(() => world.remove());

  const settings = longhornSettings.filter((setting) => isAmong(version, setting) && !setting.readOnly);

  /** What Longhorn's webhooks say to a value, without storing it; undefined where they take it. */
  const refusal = async (name: string, value: string): Promise<string | undefined> => {
    const object = (await custom.getNamespacedCustomObject({ ...place, name })) as object;
    try {
      await custom.replaceNamespacedCustomObject({ ...place, name, body: { ...object, value }, dryRun: "All" });
      return undefined;
    } catch (error) {
      if (error instanceof ApiException) return String((error as ApiException<unknown>).body);
      throw error;
    }
  };

  it("know the same settings, and the same that only Longhorn writes", async () => {
    const { items } = (await custom.listNamespacedCustomObject(place)) as { items: { metadata: { name: string } }[] };
    const there = items.map(({ metadata }) => metadata.name).sort();
    const known = longhornSettings.filter((setting) => isAmong(version, setting)).map(({ name }) => name);
    assert.deepEqual(
      there,
      known.filter((name) => there.includes(name)).sort(),
      "Longhorn has settings that the table does not have",
    );
    assert.deepEqual(
      known.filter((name) => !there.includes(name)),
      [],
      "the table has settings that Longhorn does not have",
    );
    for (const { name } of longhornSettings.filter((setting) => setting.readOnly && there.includes(setting.name))) {
      assert.match((await refusal(name, "other")) ?? "", /is read-only/, name);
    }
  });

  it("take the same values, except for what depends on the cluster", async () => {
    const refused: string[] = [];
    for (const setting of settings.filter(({ input = "" }) => !(input in owningInputs))) {
      const values = setting.type === "bool" ? [true, false] : fc.sample(allowed(setting), 8);
      for (const value of values.filter((one) => valueRule(version, setting).holds(one))) {
        const said = await refusal(setting.name, textOf(setting, value));
        if (said === undefined) continue;
        refused.push(setting.name);
        assert.ok(setting.name in refusedByLonghornAlone, `${setting.name} = ${String(value)}: ${said}`);
      }
    }
    assert.deepEqual([...new Set(refused)].sort(), Object.keys(refusedByLonghornAlone).sort());
  });

  it("refuse the same values, except for those that are no use to anybody", async () => {
    const taken: string[] = [];
    for (const setting of settings.filter((one) => !isFreeText(one))) {
      const rule = valueRule(version, setting);
      for (const value of outside(setting).filter((one) => !rule.holds(one))) {
        if ((await refusal(setting.name, textOf(setting, value))) !== undefined) continue;
        taken.push(setting.name);
        assert.ok(setting.name in takenByLonghornAlone, `${setting.name} = ${JSON.stringify(value)} is taken`);
      }
    }
    assert.deepEqual([...new Set(taken)].sort(), Object.keys(takenByLonghornAlone).sort());
  });

  it("have what was asked for read back, and every way in which it is not told", async () => {
    const values = chartValues(longhornDefaults({ version, podDeletionPolicy: "delete-deployment-pod" }));
    const { stores } = await world.outputs();
    const asked = askedOf({
      deployment: {
        resources: [
          { urn: "", type: "kubernetes:helm.sh/v3:Release", inputs: { values } },
          {
            ...{ urn: "", type: "kubernetes:storage.k8s.io/v1:StorageClass" },
            inputs: { metadata: { name: "longhorn-s3" }, parameters: { numberOfReplicas: "3" } },
          },
          ...Object.values(stores).map(({ namespace, persistentVolumeClaimName: name }) => ({
            ...{ urn: "", type: "kubernetes:core/v1:PersistentVolumeClaim", id: `${namespace}/${name}` },
          })),
        ],
      },
    });
    assert.deepEqual(await verify(config, asked, 30), []);

    const change = async (name: string, value: string): Promise<void> => {
      const object = (await custom.getNamespacedCustomObject({ ...place, name })) as object;
      await custom.replaceNamespacedCustomObject({ ...place, name, body: { ...object, value } });
    };
    await change("replica-auto-balance", "best-effort");
    await change("engine-replica-timeout", '{"v1":"9","v2":"8"}');
    const told = await verify(config, { ...asked, settings: { ...asked.settings, "orphan-auto-deletion": "true" } }, 0);
    assert.deepEqual(
      told.map(({ kind, object, seen }) => [kind, object, seen]),
      [
        ["drifted", "settings.longhorn.io/replica-auto-balance", "best-effort"],
        ["drifted", "settings.longhorn.io/engine-replica-timeout", '{"v1":"9","v2":"8"}'],
        ["dropped", "settings.longhorn.io/orphan-auto-deletion", undefined],
      ],
    );
    assert.match(
      told[1]?.remedy ?? "",
      /patch settings\.longhorn\.io\/engine-replica-timeout --type merge -p '\{"value":"8"\}'$/,
    );
  });

  it("are looked for before a first deployment", async () => {
    const plan = { longhornVersion: version, storageClassName: "longhorn-s3", numberOfReplicas: 3 };
    const said = (facts: ClusterFacts) =>
      preflightFindings(facts, plan).map(({ severity, what }) => `${severity}: ${what}`);
    const [where = "", kubernetes = "", ...more] = said(beforeUp);
    assert.match(where, /^ok: context sandbox, server https:/);
    assert.match(kubernetes, /^ok: Kubernetes v1\.36\.\d+ for Longhorn 1\.12\.0$/);
    assert.deepEqual(more, [
      "ok: 3 of 3 nodes are ready and schedulable",
      "ok: Longhorn is not installed",
      "ok: iscsid, kernel modules and multipath on the nodes cannot be checked remotely",
    ]);
    const afterUp = said(await readClusterFacts(config));
    assert.ok(afterUp.includes(`warning: Longhorn ${version} is installed`), afterUp.join("\n"));
    assert.deepEqual(
      afterUp.filter((line) => line.startsWith("error")),
      [],
    );
  });

  it("want all engines of a setting, and no other", async () => {
    for (const setting of settings.filter((one) => enginesIn(version, one) !== undefined)) {
      const { example } = valueRule(version, setting);
      const text = settingText(version, setting, example);
      const engines = enginesIn(version, setting) ?? [];
      const whole = JSON.stringify(Object.fromEntries(engines.map((engine) => [engine, text])));
      assert.equal(await refusal(setting.name, whole), undefined, `${setting.name} = ${whole}`);
      assert.equal(await refusal(setting.name, text), undefined, `${setting.name} = ${text}`);
      if (engines.length === 2) {
        assert.notEqual(
          await refusal(setting.name, JSON.stringify({ v1: text })),
          undefined,
          `${setting.name} without v2`,
        );
      }
    }
  });
});

function textOf(setting: LonghornSetting, value: unknown): string {
  const engines = enginesIn(version, setting);
  const text = settingText(version, setting, value);
  return engines === undefined
    ? text
    : engineText(version, setting, Object.fromEntries(engines.map((engine) => [engine, text])));
}

/** A text of no form of its own: Longhorn takes all there are, the empty one perhaps excepted. */
function isFreeText({ type, options, format }: LonghornSetting): boolean {
  return type === "string" && options === undefined && format === undefined;
}

function allowed({ type, options, min, max, format, optional = false }: LonghornSetting): fc.Arbitrary<unknown> {
  if (type === "bool") return fc.boolean();
  if (options) return fc.constantFrom(...options);
  const [lowest, highest] = [min ?? -1000, max ?? Math.max(min ?? 0, 1_000_000)];
  if (type === "int") return fc.oneof(fc.constantFrom(lowest, highest), fc.integer({ min: lowest, max: highest }));
  if (type === "float")
    return fc.double({ min: lowest, max: highest, noNaN: true }).map((value) => Number(value.toFixed(3)));
  const some = format ? fc.constant(formats[format].example) : fc.stringMatching(/^[a-z][a-z0-9.-]{0,20}$/);
  return optional ? fc.oneof(fc.constant(""), some) : some;
}

function outside({ type, min, max, format }: LonghornSetting): unknown[] {
  if (type === "bool") return ["yes", "", "2"];
  if (type !== "string")
    return [...(min === undefined ? [] : [min - 1]), ...(max === undefined ? [] : [max + 1]), "x", ""];
  if (format === undefined) return ["no-such-option", ""];
  return [
    "",
    "/",
    "all,",
    "relative",
    "0 0 30 2 *",
    "%",
    "a b",
    "relative",
    "0x",
    "0xg",
    "1-",
    "5-1",
    "1024",
    "{",
    "[]",
    "* * * *",
    "61 * * * *",
    "a;b",
    "ftp://a",
    "http://a/b",
    "a//b",
    "a,,b",
  ];
}
