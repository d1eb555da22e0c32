import assert from "node:assert/strict";
import { Longhorn, ObjectStore, S3Gateway, type LonghornArgs, type S3GatewayArgs } from "../../index";
import { record, settle } from "./recorder";

const labels = {
  "app.kubernetes.io/name": "s3gw",
  "app.kubernetes.io/instance": "photos",
  "app.kubernetes.io/component": "gateway",
};
const allLabels = { ...labels, "app.kubernetes.io/managed-by": "pulumi" };
const ofStack = { "longhorn-s3/stack": "longhorn-s3.test" };
const createdLabels = { ...allLabels, ...ofStack };

const gatewayArgs: S3GatewayArgs = {
  namespace: "s3",
  service: { name: "photos" },
  volume: { size: "10Gi", storageClassName: "fast" },
};

describe("the objects of a gateway", () => {
  const gateway = async (more: Partial<S3GatewayArgs> = {}) =>
    (await record(() => new S3Gateway("g", { ...gatewayArgs, ...more }))).resource;

  it("the claim is made once and changes in size only", async () => {
    const claim = (await gateway())("g-data");
    assert.deepEqual(claim.inputs["metadata"], {
      namespace: "s3",
      name: "photos-data",
      labels: createdLabels,
      annotations: { "pulumi.com/skipAwait": "true" },
    });
    assert.deepEqual(claim.inputs["spec"], {
      accessModes: ["ReadWriteOncePod"],
      storageClassName: "fast",
      resources: { requests: { storage: "10Gi" } },
    });
    assert.deepEqual(claim.ignoreChanges, [
      ...["spec.accessModes", "spec.storageClassName", "spec.volumeName"],
      'metadata.labels["longhorn-s3/stack"]',
    ]);
    assert.equal(claim.protect, true);
  });

  it("the Deployment has one pod at a time and waits as long as a volume and a large database may take", async () => {
    const deployment = (await gateway())("g-deployment");
    assert.deepEqual(deployment.inputs["metadata"], { namespace: "s3", name: "photos", labels: createdLabels });
    const { template, ...spec } = deployment.inputs["spec"] as Record<string, unknown>;
    assert.deepEqual(spec, {
      replicas: 1,
      strategy: { type: "Recreate" },
      progressDeadlineSeconds: 900,
      selector: { matchLabels: labels },
    });
    // No annotation: a hash of the keys there would tell them to whoever may read pods.
    assert.deepEqual((template as Record<string, unknown>)["metadata"], { labels: allLabels });
    assert.deepEqual(deployment.customTimeouts, { create: "900s", update: "900s", delete: "" });
    assert.deepEqual(deployment.dependencies, ["g-credentials", "g-data"]);
    assert.deepEqual(deployment.secretInputs, []);
  });

  it("the Service is a name inside the cluster", async () => {
    const service = (await gateway())("g-service");
    assert.deepEqual(service.inputs["metadata"], {
      namespace: "s3",
      name: "photos",
      labels: createdLabels,
      annotations: { "pulumi.com/skipAwait": "true" },
    });
    assert.deepEqual(service.inputs["spec"], {
      type: "ClusterIP",
      selector: labels,
      ports: [{ name: "s3", port: 80, targetPort: "s3" }],
    });
  });

  it("the Secret has the keys that s3gw reads, all of it secret, under a name of its own", async () => {
    const secret = (await gateway())("g-credentials");
    assert.deepEqual(secret.inputs["metadata"], {
      namespace: "s3",
      name: "photos-credentials-g-credentials-suffix-result",
      labels: createdLabels,
    });
    assert.deepEqual(secret.inputs["stringData"], {
      RGW_DEFAULT_USER_ID: "admin",
      RGW_DEFAULT_USER_ACCESS_KEY: "g-access-key-result",
      RGW_DEFAULT_USER_SECRET_KEY: "g-secret-key-result",
    });
    assert.deepEqual(secret.secretInputs, ["stringData"]);
    assert.equal(secret.retainOnDelete, true);
  });

  it("the keys are long, easy to copy, and never made anew", async () => {
    const resource = await gateway();
    const [access, secret] = [resource("g-access-key"), resource("g-secret-key")];
    assert.deepEqual(access.inputs, { length: 20, upper: true, lower: false, numeric: true, special: false });
    assert.deepEqual(secret.inputs, { length: 40, upper: true, lower: true, numeric: true, special: false });
    for (const { ignoreChanges, inputs } of [access, secret]) {
      for (const input of [...Object.keys(inputs), "keepers", "overrideSpecial"]) {
        assert.ok(ignoreChanges.includes(input), input);
      }
    }
  });

  it("follow the inputs", async () => {
    const resource = await gateway({
      clusterDomain: "example.internal",
      tolerationSeconds: 7,
      terminationGracePeriodSeconds: 11,
      volume: { size: "1Ti", storageClassName: "slow", accessMode: "ReadWriteOnce" },
    });
    const deployment = JSON.stringify(resource("g-deployment").inputs);
    assert.match(deployment, /photos\.s3\.svc\.example\.internal/);
    assert.match(deployment, /"tolerationSeconds":7.*"tolerationSeconds":7/);
    assert.match(deployment, /"terminationGracePeriodSeconds":11/);
    assert.match(JSON.stringify(resource("g-data").inputs), /"ReadWriteOnce".*"1Ti".*"slow"/);
    const { value } = await record(() => new S3Gateway("g", { ...gatewayArgs, clusterDomain: "example.internal" }));
    assert.equal((await settle(value.endpoint)).value, "http://photos.s3.svc.example.internal");
  });
});

describe("the objects of a Longhorn", () => {
  const longhorn = async (args: LonghornArgs = {}, chartVersion?: string) =>
    record(() => new Longhorn("l", args), { chartVersion });

  it("the release is the pinned chart of Longhorn's repository, with all the time that its own jobs take", async () => {
    const { resource } = await longhorn();
    const { values, ...release } = resource("l-release").inputs;
    assert.deepEqual(release, {
      name: "longhorn",
      namespace: "longhorn-system",
      chart: "longhorn",
      version: "1.12.1",
      repositoryOpts: { repo: "https://charts.longhorn.io" },
      timeout: 960,
      cleanupOnFail: true,
      compat: "true",
    });
    const { defaultSettings, persistence } = values as Record<string, Record<string, string>>;
    assert.equal(defaultSettings?.["deletingConfirmationFlag"], "false");
    assert.deepEqual(persistence, { defaultClass: false, createStorageClass: false });
  });

  it("a chart from a path is taken as it is there: no version and no repository beside it", async () => {
    const { resource } = await longhorn({ chart: "../chart", version: "1.12.0" }, "1.12.0");
    const { chart, version, repositoryOpts } = resource("l-release").inputs;
    assert.deepEqual([chart, version, repositoryOpts], ["../chart", undefined, undefined]);
  });

  it("a chart of another version than it was said to be fails once it is known", async () => {
    const { value } = await longhorn({ chart: "../chart", version: "1.12.0" }, "1.10.2");
    const expected = [
      'Longhorn "l" cannot be created, 1 invalid input:',
      '  version: got "1.12.0"; allowed: the version of the chart, 1.10.2, because settings and access mode depend on ' +
        "it",
      '    fix: version: "1.10.2"',
    ];
    await assert.rejects(settle(value.chartVersion), ({ name, message }: Error) => {
      assert.equal(name, "InvalidArgsError");
      assert.ok(message.endsWith(expected.join("\n")), message);
      return true;
    });
    const sameMinor = await longhorn({ chart: "../chart", version: "1.12.0" }, "1.12.1");
    assert.equal((await settle(sameMinor.value.chartVersion)).value, "1.12.1");
  });

  it("the namespace lets privileged pods in", async () => {
    const { resource } = await longhorn();
    assert.deepEqual(resource("l-namespace").inputs["metadata"], {
      name: "longhorn-system",
      labels: {
        "pod-security.kubernetes.io/enforce": "privileged",
        "pod-security.kubernetes.io/audit": "privileged",
        "pod-security.kubernetes.io/warn": "privileged",
        ...ofStack,
      },
      annotations: {
        "longhorn-s3/storage-class-parameters":
          '{"numberOfReplicas":"3","dataLocality":"disabled","staleReplicaTimeout":"2880","fsType":"ext4","reclaimPolicy":"Retain"}',
      },
    });
  });

  it("the StorageClass keeps volumes and lets them grow", async () => {
    const { resource } = await longhorn({
      storageClass: { name: "fast", numberOfReplicas: 2, dataLocality: "best-effort" },
    });
    const { inputs } = resource("l-class");
    assert.deepEqual(inputs, {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: { name: "fast", labels: ofStack },
      provisioner: "driver.longhorn.io",
      reclaimPolicy: "Retain",
      allowVolumeExpansion: true,
      volumeBindingMode: "Immediate",
      parameters: { numberOfReplicas: "2", dataLocality: "best-effort", staleReplicaTimeout: "2880", fsType: "ext4" },
    });
  });

  it("the uninstaller is told to go ahead when that is allowed", async () => {
    const { resource } = await longhorn({ allowUninstall: true, deletionProtection: false });
    const { defaultSettings } = resource("l-release").inputs["values"] as Record<string, Record<string, string>>;
    assert.equal(defaultSettings?.["deletingConfirmationFlag"], "true");
    assert.equal(resource("l-release").protect, false);
  });
});

describe("the failover decision", () => {
  const podOf = async (failover: ConstructorParameters<typeof ObjectStore>[1]["failover"]) => {
    const { resource } = await record(
      () =>
        new ObjectStore("photos", {
          longhorn: { podDeletionPolicy: "delete-deployment-pod" },
          volume: { size: "1Gi" },
          failover,
        }),
    );
    const { template } = resource("photos-gateway-deployment").inputs["spec"] as { template: { spec: unknown } };
    return template.spec as { tolerations: { tolerationSeconds?: number }[]; terminationGracePeriodSeconds: number };
  };

  it("Wait reaches the pod as tolerations without limit", async () => {
    const { tolerations, terminationGracePeriodSeconds } = await podOf({ onNodeFailure: "Wait" });
    assert.deepEqual(
      tolerations.map(({ tolerationSeconds }) => tolerationSeconds),
      [undefined, undefined],
    );
    assert.equal(terminationGracePeriodSeconds, 30);
  });

  it("AssumeDead reaches the pod as tolerations with one", async () => {
    const failover = { onNodeFailure: "AssumeDead", acceptDataLossIfNodeIsAlive: true, tolerationSeconds: 45 } as const;
    const { tolerations, terminationGracePeriodSeconds } = await podOf(failover);
    assert.deepEqual(
      tolerations.map(({ tolerationSeconds }) => tolerationSeconds),
      [45, 45],
    );
    assert.equal(terminationGracePeriodSeconds, 10);
  });
});

describe("the label of the stack", () => {
  const args = { longhorn: {}, volume: { size: "1Gi" }, failover: { onNodeFailure: "Wait" } } as const;
  const created = async () => {
    const { resources } = await record(() => new ObjectStore("photos", args));
    return resources.filter(({ inputs }) => JSON.stringify(inputs["metadata"] ?? {}).includes('"longhorn-s3/stack"'));
  };

  it("is on each object that could exist already, and on no pod", async () => {
    const labelled = await created();
    assert.deepEqual(
      labelled.map(({ name }) => name.replace("photos-", "")),
      [
        ...["gateway-credentials", "gateway-data", "gateway-deployment", "gateway-service"],
        ...["longhorn-class", "longhorn-namespace", "namespace"],
      ],
    );
    for (const { inputs, name } of labelled) {
      assert.ok(!JSON.stringify(inputs["spec"] ?? {}).includes("longhorn-s3/stack"), name);
    }
  });

  it("is set on creation only: an object of an earlier version stays as it is", async () => {
    for (const { ignoreChanges, name, inputs } of await created()) {
      const { labels: all = {} } = inputs["metadata"] as { labels?: object };
      const path = Object.keys(all).length === 1 ? "metadata.labels" : 'metadata.labels["longhorn-s3/stack"]';
      assert.ok(ignoreChanges.includes(path), name);
    }
  });

  it("is what the creation of a namespace or class is looked at for", async () => {
    const { resource } = await record(() => new ObjectStore("photos", args));
    for (const name of ["photos-namespace", "photos-longhorn-namespace", "photos-longhorn-class"]) {
      assert.deepEqual(resource(name).hooks.afterCreate, [`${name}-existing`]);
    }
  });
});
