import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { ensurePrograms } from "../../bench/programs";
import { longhornDefaults, longhornViolations, type LonghornArgs } from "../../components/longhorn";
import { settings } from "../../components/longhorn/settings";
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
    const args = { ...inputs, version };
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
      for (const { name, chartKey, firstRelease } of settings.filter((one) => isAtLeast(version, one.firstRelease))) {
        // An empty text without quotes is null in YAML, which Longhorn reads as the empty text again.
        assert.equal(String(written[name] ?? ""), defaultSettings[chartKey], `${name}, from ${firstRelease} on`);
      }
      assert.equal(written["taint-toleration"], "dedicated:NoSchedule");
      assert.equal(written["system-managed-components-node-selector"], "disk:ssd");
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
