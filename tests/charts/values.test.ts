import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { ensurePrograms } from "../../bench/programs";
import { longhornDefaults, longhornViolations, type LonghornArgs } from "../../components/longhorn";
import { knownChartBugs } from "../../components/longhorn/settings/known-chart-bugs";
import { owningInputs } from "../../components/longhorn/settings/owned-settings";
import { enginesIn, engineText } from "../../components/longhorn/settings/engines";
import { chartKeyIn, isAmong } from "../../components/longhorn/settings/releases";
import type { LonghornSettingsArgs } from "../../components/longhorn/settings/settings-args";
import { longhornSettings } from "../../components/longhorn/settings/table";
import { settingText, valueRule } from "../../components/longhorn/settings/value-rule";
import { chartValues } from "../../components/longhorn/values";
import { isAtLeast } from "../../components/longhorn/version";
import { repositoryDirectory } from "../../tool/repository";

/** Folders of charts, with `:` between; the sandbox's fixture where none is named. */
const folders = (process.env["LONGHORN_CHART"] ?? join(repositoryDirectory, "sandbox", "chart")).split(":");

/** Every input that becomes values. */
const inputs: LonghornArgs = {
  podDeletionPolicy: "delete-deployment-pod",
  kubeletRootDir: "/var/lib/k0s/kubelet",
  images: { registry: "registry.example.com/mirror", pullSecretName: "pull" },
  placement: {
    nodeSelector: { disk: "ssd" },
    tolerations: [{ key: "dedicated", operator: "Exists", effect: "NoSchedule" }],
  },
  backup: {
    target: "s3://backups@eu-central-1/longhorn",
    credentialSecretName: "keys",
    pollIntervalSeconds: 60_000,
  },
};

interface KubernetesObject {
  kind: string;
  metadata: { name: string };
  data?: Record<string, string>;
  spec?: { template: { spec: PodSpec } };
}

interface PodSpec {
  nodeSelector?: object;
  tolerations?: object[];
  imagePullSecrets?: object[];
  containers: { image: string }[];
}

for (const folder of folders) {
  const { version } = parse(readFileSync(join(folder, "Chart.yaml"), "utf8")) as { version: string };

  describe(`the values of a Longhorn in the chart ${version}${folders.length > 1 ? ` of ${folder}` : ""}`, function () {
    this.timeout("10m");
    const args = { ...inputs, version, settings: everySetting(version) };
    let objects: KubernetesObject[];

    before(async () => {
      assert.deepEqual(longhornViolations(args), []);
      const { helm } = await ensurePrograms();
      const directory = mkdtempSync("/tmp/lhs3-chart-");
      try {
        const file = join(directory, "values.json");
        writeFileSync(file, JSON.stringify(chartValues(longhornDefaults(args))));
        const rendered = execFileSync(
          helm,
          ["template", "longhorn", folder, "--namespace=longhorn-system", "--kube-version=1.30.0", `--values=${file}`],
          { encoding: "utf8", maxBuffer: 1 << 26 },
        );
        objects = parseAllDocuments(rendered)
          .map((document) => document.toJS() as KubernetesObject | null)
          .filter((object) => object !== null);
      } finally {
        rmSync(directory, { recursive: true });
      }
    });

    const find = (kind: string, name: string): KubernetesObject =>
      objects.find((object) => object.kind === kind && object.metadata.name === name) ??
      assert.fail(`there is no ${kind} ${name}`);
    const configuration = (name: string): Record<string, string | number | boolean | null> =>
      (parse(find("ConfigMap", `longhorn-${name}`).data?.[`${name}.yaml`] ?? "") ?? {}) as Record<
        string,
        string | number | boolean | null
      >;

    it("are all in the ConfigMap that Longhorn reads its settings from", () => {
      const { defaultSettings } = chartValues(longhornDefaults(args));
      const written = configuration("default-setting");
      for (const setting of longhornSettings) {
        const key = chartKeyIn(version, setting);
        const asked = key === undefined ? undefined : defaultSettings[key];
        if (asked === undefined) continue;
        // Quotes that an older chart needs are gone by now.
        const text = /^".*"$/.test(asked) ? (JSON.parse(asked) as string) : asked;
        assert.equal(String(written[setting.name] ?? ""), text, setting.name);
      }
      assert.equal(written["taint-toleration"], "dedicated:NoSchedule");
      assert.equal(written["system-managed-components-node-selector"], "disk:ssd");
    });

    it("are those of the inputs, of which there is one for each key that the chart has", () => {
      const written = configuration("default-setting");
      for (const [input, value] of Object.entries(everySetting(version))) {
        const setting = longhornSettings.find((one) => one.input === input) ?? assert.fail(input);
        const texts = enginesIn(version, setting)
          ? engineText(
              version,
              setting,
              Object.fromEntries(
                Object.entries(value as object).map(([engine, one]) => [engine, settingText(version, setting, one)]),
              ),
            )
          : settingText(version, setting, value);
        assert.equal(String(written[setting.name]), texts, input);
      }
      const template = readFileSync(join(folder, "values.yaml"), "utf8");
      const chartKeys = Object.keys((parse(template) as { defaultSettings: object }).defaultSettings);
      const known = [
        ...longhornSettings.map((setting) => chartKeyIn(version, setting)),
        ...knownChartBugs.filter((mistake) => isAmong(version, mistake)).map(({ key }) => key),
      ];
      assert.deepEqual(
        chartKeys.filter((key) => !known.includes(key)),
        [],
      );
    });

    it("name the backup target where this version looks for it", () => {
      const written = configuration(isAtLeast(version, "1.8.0") ? "default-resource" : "default-setting");
      assert.equal(written["backup-target"], inputs.backup?.target);
      assert.equal(written["backup-target-credential-secret"], "keys");
      assert.equal(Number(written["backupstore-poll-interval"]), 60_000);
    });

    it("place the manager, and say where its image comes from", () => {
      const { spec } = find("DaemonSet", "longhorn-manager");
      const pod = spec?.template.spec ?? assert.fail();
      assert.deepEqual(pod.nodeSelector, { disk: "ssd" });
      assert.deepEqual(pod.tolerations, inputs.placement?.tolerations);
      assert.deepEqual(pod.imagePullSecrets, [{ name: "pull" }]);
      for (const { image } of pod.containers) assert.ok(image.startsWith("registry.example.com/mirror/"), image);
    });
  });
}

/** A value for every setting that the chart of a version has a key for, another one than Longhorn's own where that is possible. */
function everySetting(version: string): LonghornSettingsArgs {
  const inputs = longhornSettings.filter(
    (setting) =>
      chartKeyIn(version, setting) !== undefined && !((setting.input ?? "") in owningInputs) && !setting.readOnly,
  );
  const entries = inputs.map((setting) => {
    const { example, holds } = valueRule(version, setting);
    const other = [false, true, 7, 17, 33, 1025, 8193, "text", "gzip", "Debug", "disabled"].find(
      (value) => value !== example && holds(value),
    );
    const value = other ?? example;
    const engines = enginesIn(version, setting);
    return [
      setting.input,
      engines === undefined ? value : Object.fromEntries(engines.map((engine) => [engine, value])),
    ];
  });
  // Longhorn's engine of stores is not to be turned off, and snapshots are to be purged.
  return { ...Object.fromEntries(entries), ...keep(version) } as LonghornSettingsArgs;
}

function keep(version: string): LonghornSettingsArgs {
  return {
    ...(isAtLeast(version, "1.6.0") && { v1DataEngine: true }),
    ...(isAtLeast(version, "1.5.4") && { disableSnapshotPurge: false }),
  };
}
