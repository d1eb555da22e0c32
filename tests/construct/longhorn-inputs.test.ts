import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Longhorn, ObjectStore, type LonghornArgs } from "../../index";
import { record } from "./recorder";

const longhorn = (args: LonghornArgs) => record(() => new Longhorn("l", args));
type Values = Record<string, Record<string, unknown>>;
const valuesOf = async (args: LonghornArgs): Promise<Values> => {
  const { resource } = await longhorn(args);
  return resource("l-release").inputs["values"] as Values;
};

const credentials = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "a-secret-key" };
const backup = { target: "s3://backups@eu-central-1/longhorn", credentials };

describe("where Longhorn's chart comes from", () => {
  it("is a repository with a user, whose name and password are secret", async () => {
    const chartRepository = { url: "https://charts.example.com", username: "reader", password: "a-password" };
    const { resource } = await longhorn({ chartRepository });
    const { inputs, secretInputs } = resource("l-release");
    const { url: repo, ...user } = chartRepository;
    assert.deepEqual(inputs["repositoryOpts"], { repo, ...user });
    assert.equal(inputs["version"], "1.12.1");
    assert.deepEqual(secretInputs.sort(), ["repositoryOpts.password", "repositoryOpts.username"]);
  });

  it("is a registry, with the version beside it", async () => {
    const { resource } = await longhorn({ chart: "oci://registry.example.com/charts/longhorn", version: "1.12.0" });
    const { chart, version, repositoryOpts } = resource("l-release").inputs;
    assert.deepEqual(
      [chart, version, repositoryOpts],
      ["oci://registry.example.com/charts/longhorn", "1.12.0", undefined],
    );
  });
});

describe("where Longhorn's images come from", () => {
  const images = { registry: "registry.example.com/mirror", username: "reader", password: "a-password" };

  it("is one registry, with a Secret for its user that is there before the release", async () => {
    const { resource } = await longhorn({ images });
    const { global, privateRegistry } = resource("l-release").inputs["values"] as Values;
    assert.deepEqual(global, { imageRegistry: images.registry });
    assert.deepEqual(privateRegistry, { registrySecret: "longhorn-registry" });
    const secret = resource("l-registry");
    assert.deepEqual(secret.inputs["metadata"], {
      ...{ namespace: "longhorn-system", name: "longhorn-registry" },
      labels: { "longhorn-s3/stack": "longhorn-s3.test" },
    });
    assert.equal(secret.inputs["type"], "kubernetes.io/dockerconfigjson");
    const { ".dockerconfigjson": config } = secret.inputs["stringData"] as Record<string, string>;
    const { username, password } = images;
    const auth = Buffer.from(`${username}:${password}`).toString("base64");
    assert.deepEqual(JSON.parse(config ?? ""), { auths: { [images.registry]: { username, password, auth } } });
    assert.deepEqual(secret.secretInputs, ["stringData"]);
    assert.ok(resource("l-release").dependencies.includes("l-registry"));
  });

  it("is told to charts before 1.10 by their own key", async () => {
    const { privateRegistry, global } = await valuesOf({ version: "1.9.2", images: { registry: images.registry } });
    assert.deepEqual([privateRegistry, global], [{ registryUrl: images.registry }, undefined]);
  });

  it("needs no Secret of ours where one is there", async () => {
    const { resources, resource } = await longhorn({ images: { pullSecretName: "mine" } });
    assert.ok(!resources.some(({ type }) => type === "kubernetes:core/v1:Secret"));
    const { privateRegistry } = resource("l-release").inputs["values"] as Values;
    assert.deepEqual(privateRegistry, { registrySecret: "mine" });
  });
});

describe("the nodes that Longhorn runs on", () => {
  it("are told to the chart and to what the manager makes", async () => {
    const toleration = { key: "dedicated", operator: "Equal", value: "storage", effect: "NoSchedule" } as const;
    const { global, defaultSettings } = await valuesOf({
      placement: { nodeSelector: { disk: "ssd", zone: "a" }, tolerations: [toleration] },
    });
    assert.deepEqual(global, { nodeSelector: { disk: "ssd", zone: "a" }, tolerations: [toleration] });
    assert.equal(defaultSettings?.["taintToleration"], "dedicated=storage:NoSchedule");
    assert.equal(defaultSettings["systemManagedComponentsNodeSelector"], "disk:ssd;zone:a");
  });
});

describe("a namespace that is there", () => {
  it("is not made, and goes by the name that Longhorn has anyway", async () => {
    const { resources, resource } = await longhorn({ createNamespace: false });
    assert.ok(!resources.some(({ type }) => type === "kubernetes:core/v1:Namespace"));
    assert.equal(resource("l-release").inputs["namespace"], "longhorn-system");
  });
});

describe("where backups go to", () => {
  it("is the target default, with its keys in an existing Secret before the release", async () => {
    const certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
    const more = { endpoint: "https://s3.example.com", virtualHostedStyle: true, certificate };
    const { resource, warnings } = await longhorn({
      backup: { ...backup, credentials: { ...credentials, ...more }, pollIntervalSeconds: 60 },
    });
    assert.deepEqual((resource("l-release").inputs["values"] as Values)["defaultBackupStore"], {
      backupTarget: backup.target,
      backupTargetCredentialSecret: "longhorn-backup-target",
      pollInterval: "60",
    });
    const secret = resource("l-backup-target");
    assert.deepEqual(secret.inputs["stringData"], {
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_ENDPOINTS: more.endpoint,
      VIRTUAL_HOSTED_STYLE: "true",
      AWS_CERT: certificate.trim(),
    });
    assert.deepEqual(secret.secretInputs, ["stringData"]);
    assert.ok(resource("l-release").dependencies.includes("l-backup-target"));
    assert.deepEqual(warnings, []);
  });

  it("is a setting for Longhorn up to 1.7", async () => {
    const { defaultSettings, defaultBackupStore } = await valuesOf({ version: "1.7.2", backup });
    assert.equal(defaultSettings?.["backupTarget"], backup.target);
    assert.equal(defaultBackupStore, undefined);
  });

  it("is told to the stores of the same program", async () => {
    const { value } = await longhorn({ backup });
    assert.equal(value.reference.backupTarget, backup.target);
  });

  it("is nowhere: a warning says what that means", async () => {
    const { warnings } = await longhorn({});
    assert.equal(warnings.length, 1);
    assert.match(warnings[0] ?? "", /replication is not a backup/);
  });

  it("is nowhere: a store that wants backups is refused", async () => {
    const jobs = [{ name: "nightly", task: "backup", cron: "@daily" }] as const;
    const volume = { size: "10Gi", recurringJobs: [...jobs] };
    const failover = { onNodeFailure: "Wait" } as const;
    await record(() => {
      assert.throws(
        () => new ObjectStore("photos", { longhorn: {}, volume, failover }),
        /volume\.recurringJobs\[0\]\.task: got "backup"; allowed: .*no backup target.*longhorn\.backup\.target/s,
      );
    });
    await record(() => new ObjectStore("photos", { longhorn: { backup }, volume, failover }));
  });
});

describe("the StorageClass", () => {
  it("has all that is asked for, in Longhorn's words", async () => {
    const { resource } = await longhorn({
      storageClass: {
        ...{ staleReplicaTimeoutMinutes: 30, fsType: "xfs", mkfsParams: "-m reflink=1", reclaimPolicy: "Delete" },
        ...{ diskSelector: ["ssd", "fast"], nodeSelector: ["storage"], replicaAutoBalance: "best-effort" },
        encryption: { secretName: "crypto" },
      },
    });
    const { parameters, reclaimPolicy } = resource("l-class").inputs;
    assert.equal(reclaimPolicy, "Delete");
    const steps = ["provisioner", "node-publish", "node-stage", "node-expand"].flatMap((step) => [
      [`csi.storage.k8s.io/${step}-secret-name`, "crypto"],
      [`csi.storage.k8s.io/${step}-secret-namespace`, "longhorn-system"],
    ]);
    assert.deepEqual(parameters, {
      ...{ numberOfReplicas: "3", dataLocality: "disabled", staleReplicaTimeout: "30", fsType: "xfs" },
      ...{ mkfsParams: "-m reflink=1", diskSelector: "ssd,fast", nodeSelector: "storage" },
      ...{ replicaAutoBalance: "best-effort", encrypted: "true" },
      ...(Object.fromEntries(steps) as Record<string, string>),
    });
  });
});

describe("values of the chart that have no input", () => {
  it("go over those of the inputs, down to the last key, and leave the rest", async () => {
    const usual = await valuesOf({ kubeletRootDir: "/var/lib/kubelet" });
    const values = {
      defaultSettings: { storageReservedPercentageForDefaultDisk: "10", replicaSoftAntiAffinity: "true" },
      csi: { attacherReplicaCount: 1 },
      longhornUI: { replicas: 0 },
    };
    const merged = await valuesOf({ kubeletRootDir: "/var/lib/kubelet", values });
    assert.deepEqual(merged, {
      ...usual,
      defaultSettings: { ...usual["defaultSettings"], ...values.defaultSettings },
      csi: { kubeletRootDir: "/var/lib/kubelet", attacherReplicaCount: 1 },
      longhornUI: { replicas: 0 },
    });
  });

  it("may hold Outputs and secrets, which stay secret", async () => {
    const { resource } = await longhorn({ values: { annotations: { token: pulumi.secret("a-token") } } });
    assert.deepEqual(resource("l-release").secretInputs, ["values.annotations.token"]);
  });
});
