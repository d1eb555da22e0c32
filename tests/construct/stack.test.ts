import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { parseStackOutputs } from "../../components/stack-reference/contract";
import { record, registeredSoFar, settle, type RecordOptions } from "./recorder";

const program = require.resolve("../../stacks");

/** Runs the stack's program with a configuration, as `pulumi up` does with a stack's file. */
function run(config: Record<string, unknown>, options?: RecordOptions) {
  const all = Object.entries(config).map(([key, value]) => [`longhorn-s3:${key}`, JSON.stringify(value)]);
  return record(() => {
    pulumi.runtime.setAllConfig(Object.fromEntries(all) as Record<string, string>);
    delete require.cache[program];
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return require(program) as Record<string, pulumi.Input<unknown>>;
  }, options);
}

const photos = { volume: { size: "10Gi" }, failover: { onNodeFailure: "Wait" } };
const archive = {
  namespace: "s3",
  volume: { size: "1Ti" },
  failover: { onNodeFailure: "AssumeDead", acceptDataLossIfNodeIsAlive: true },
};
const both = { longhorn: { podDeletionPolicy: "delete-deployment-pod" }, stores: { photos, archive } };

describe("the stack's program", () => {
  after(() => pulumi.runtime.setAllConfig({}));

  it("builds one Longhorn and the stores on it, each after Longhorn", async () => {
    const { resources, resource } = await run(both);
    const components = resources.filter(({ type }) => type.startsWith("longhorn-s3:"));
    assert.deepEqual(
      components.map(({ name, parent }) => [name, parent]),
      [
        ["archive", undefined],
        ["archive-gateway", "archive"],
        ["longhorn", undefined],
        ["photos", undefined],
        ["photos-gateway", "photos"],
      ],
    );
    for (const store of ["photos", "archive"]) {
      assert.deepEqual(resource(store).dependencies, ["longhorn-class", "longhorn-namespace", "longhorn-release"]);
    }
    assert.equal(resources.filter(({ type }) => type.startsWith("pulumi:providers:")).length, 0);
  });

  it("exports what its contract says, the keys in an output of their own that is secret", async () => {
    const { value } = await run(both);
    const exported = Object.entries(value).filter(([, output]) => output !== undefined);
    const settled = await Promise.all(
      exported.map(async ([name, output]) => [name, await settle(pulumi.output(output))] as const),
    );
    assert.deepEqual(
      settled.filter(([, { secret }]) => secret).map(([name]) => name),
      ["credentials"],
    );
    const outputs = parseStackOutputs(Object.fromEntries(settled.map(([name, { value: plain }]) => [name, plain])));
    assert.deepEqual(outputs.longhorn, {
      namespace: "longhorn-system",
      releaseName: "longhorn",
      chartVersion: "1.12.1",
      storageClassName: "longhorn-s3",
      podDeletionPolicy: "delete-deployment-pod",
      storageClassParameters: {
        numberOfReplicas: "3",
        dataLocality: "disabled",
        staleReplicaTimeout: "2880",
        fsType: "ext4",
      },
    });
    const { predictedRecovery, ...archive } = outputs.stores["archive"] ?? assert.fail("no store archive");
    assert.ok((predictedRecovery?.nodeFailure.p50Seconds ?? 0) > 60);
    assert.deepEqual(archive, {
      endpoint: "http://archive.s3.svc.cluster.local",
      namespace: "s3",
      serviceName: "archive",
      servicePort: 80,
      deploymentName: "archive",
      persistentVolumeClaimName: "archive-data",
      accessMode: "ReadWriteOncePod",
      storageClassName: "longhorn-s3",
      credentialsSecretName: "archive-credentials-archive-gateway-credentials-suffix-result",
      onNodeFailure: "AssumeDead",
    });
    assert.equal(outputs.stores["photos"]?.onNodeFailure, "Wait");
    assert.deepEqual(outputs.credentials["photos"], {
      accessKeyId: "photos-gateway-access-key-result",
      secretAccessKey: "photos-gateway-secret-key-result",
    });
  });

  it("goes to the cluster that is named, with everything that is not generated", async () => {
    const cluster = { kubeconfig: "../package.json", context: "c" }; // the SDK's mocks are a project in ./rootDirectory
    const { resources, resource } = await run({ ...both, cluster });
    assert.deepEqual(resource("cluster").type, "pulumi:providers:kubernetes");
    assert.deepEqual(resource("cluster").inputs, { kubeconfig: "./package.json", context: "c" });
    for (const { name, type, provider } of resources) {
      if (type.startsWith("kubernetes:")) assert.equal(provider, "cluster", name);
    }
  });

  it("uses a Longhorn that is there as it was described", async () => {
    const existingLonghorn = { version: "1.10.1", storageClassName: "fast", podDeletionPolicy: "do-nothing" };
    const { resources, resource, value } = await run({ existingLonghorn, stores: { photos } });
    assert.ok(!resources.some(({ type }) => type === "longhorn-s3:index:Longhorn"));
    assert.deepEqual(resource("photos").dependencies, []);
    assert.deepEqual((await settle(pulumi.output(value["longhorn"]))).value, {
      namespace: "longhorn-system",
      chartVersion: "1.10.1",
      storageClassName: "fast",
      podDeletionPolicy: "do-nothing",
    });
  });

  it("builds nothing at all when the last store is wrong", async () => {
    const stores = { photos, archive: { ...archive, volume: { size: "1" } } };
    await assert.rejects(run({ ...both, stores }), /^RunError: |The configuration of stack "test" is invalid/);
    assert.equal(registeredSoFar(), 0);
  });

  it("plans in a preview what an update builds", async () => {
    const names = async (preview: boolean) => (await run(both, { preview })).resources.map(({ name }) => name);
    assert.deepEqual(await names(true), await names(false));
  });
});
