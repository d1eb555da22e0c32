import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Longhorn, ObjectStore, S3Gateway, type ObjectStoreArgs } from "../../index";
import { record, settle, type Registration } from "./recorder";

const args: ObjectStoreArgs = {
  longhorn: {},
  volume: { size: "10Gi" },
  failover: { onNodeFailure: "Wait" },
};
const existingLonghorn = { version: "1.10.1", storageClassName: "fast", podDeletionPolicy: "do-nothing" } as const;

const store = (more: Partial<ObjectStoreArgs> = {}, name = "photos") => new ObjectStore(name, { ...args, ...more });
const outline = (resources: readonly Registration[]) => resources.map(({ name, type, parent }) => [name, type, parent]);

const gatewayOutline = [
  ["photos-gateway", "longhorn-s3:index:S3Gateway", "photos"],
  ["photos-gateway-access-key", "random:index/randomPassword:RandomPassword", "photos-gateway"],
  ["photos-gateway-credentials", "kubernetes:core/v1:Secret", "photos-gateway"],
  ["photos-gateway-credentials-suffix", "random:index/randomString:RandomString", "photos-gateway"],
  ["photos-gateway-data", "kubernetes:core/v1:PersistentVolumeClaim", "photos-gateway"],
  ["photos-gateway-deployment", "kubernetes:apps/v1:Deployment", "photos-gateway"],
  ["photos-gateway-image", "kubernetes:apps/v1:DaemonSet", "photos-gateway"],
  ["photos-gateway-secret-key", "random:index/randomPassword:RandomPassword", "photos-gateway"],
  ["photos-gateway-service", "kubernetes:core/v1:Service", "photos-gateway"],
];

for (const preview of [false, true]) {
  describe(`a store in ${preview ? "a preview" : "an update"}`, () => {
    it("registers exactly these resources, each under its parent", async () => {
      const { resources } = await record(store, { preview });
      assert.deepEqual(outline(resources), [
        ["photos", "longhorn-s3:index:ObjectStore", undefined],
        ...gatewayOutline,
        ["photos-longhorn", "longhorn-s3:index:Longhorn", "photos"],
        ["photos-longhorn-class", "kubernetes:storage.k8s.io/v1:StorageClass", "photos-longhorn"],
        ["photos-longhorn-namespace", "kubernetes:core/v1:Namespace", "photos-longhorn"],
        ["photos-longhorn-release", "kubernetes:helm.sh/v3:Release", "photos-longhorn"],
        ["photos-namespace", "kubernetes:core/v1:Namespace", "photos"],
      ]);
    });

    it("on a Longhorn and in a namespace that are there registers the gateway only", async () => {
      const { resources } = await record(
        () => store({ longhorn: undefined, existingLonghorn, createNamespace: false }),
        { preview },
      );
      assert.deepEqual(outline(resources), [["photos", "longhorn-s3:index:ObjectStore", undefined], ...gatewayOutline]);
    });

    it("tells no secret to the state of a component", async () => {
      const { resources } = await record(store, { preview });
      for (const { type, inputs } of resources.filter((one) => one.type.startsWith("longhorn-s3:"))) {
        assert.deepEqual(inputs, {}, type);
      }
    });
  });
}

describe("the outputs of a store", () => {
  const outputsOf = async (of: ObjectStore) => ({
    endpoint: await settle(of.endpoint),
    namespace: await settle(of.namespace),
    serviceName: await settle(of.serviceName),
    servicePort: await settle(of.servicePort),
    deploymentName: await settle(of.deploymentName),
    persistentVolumeClaimName: await settle(of.persistentVolumeClaimName),
    credentialsSecretName: await settle(of.credentialsSecretName),
    accessMode: await settle(of.accessMode),
    storageClassName: await settle(of.storageClassName),
    podDeletionPolicy: await settle(of.podDeletionPolicy),
    chartVersion: await settle(of.chartVersion),
    accessKeyId: await settle(of.accessKeyId),
    secretAccessKey: await settle(of.secretAccessKey),
  });
  const open = (value: unknown) => ({ value, known: true, secret: false });
  const names = {
    endpoint: open("http://photos.photos.svc.cluster.local"),
    namespace: open("photos"),
    serviceName: open("photos"),
    servicePort: open(80),
    deploymentName: open("photos"),
    persistentVolumeClaimName: open("photos-data"),
    credentialsSecretName: open("photos-credentials-photos-gateway-credentials-suffix-result"),
    accessMode: open("ReadWriteOncePod"),
    storageClassName: open("longhorn-s3"),
    podDeletionPolicy: open("do-nothing"),
  };

  it("after an update are all known, and only the keys are secret", async () => {
    const { value } = await record(store);
    assert.deepEqual(await outputsOf(value), {
      ...names,
      chartVersion: open("1.12.1"),
      accessKeyId: { value: "photos-gateway-access-key-result", known: true, secret: true },
      secretAccessKey: { value: "photos-gateway-secret-key-result", known: true, secret: true },
    });
    assert.deepEqual(await settle(value.releaseName ?? assert.fail()), open("longhorn"));
  });

  it("in a preview lack only what has to be generated or installed, and the keys are secret all the same", async () => {
    const { value } = await record(store, { preview: true });
    assert.deepEqual(await outputsOf(value), {
      ...names,
      credentialsSecretName: { known: false, secret: false },
      chartVersion: { known: false, secret: false },
      accessKeyId: { known: false, secret: true },
      secretAccessKey: { known: false, secret: true },
    });
  });

  it("show the access mode that the volume has, whatever a new one would get", async () => {
    const { value } = await record(store, { accessMode: "ReadWriteOnce" });
    assert.deepEqual(await settle(value.accessMode), open("ReadWriteOnce"));
  });

  it("on a Longhorn that is there are what was said of it", async () => {
    const { value } = await record(() => store({ longhorn: undefined, existingLonghorn }));
    assert.deepEqual(await settle(value.chartVersion), open("1.10.1"));
    assert.equal(value.releaseName, undefined);
    assert.equal(value.longhorn, undefined);
  });

  it("have the resources behind them at hand for programs in TypeScript", async () => {
    const { value } = await record(store);
    assert.ok(value.longhorn instanceof Longhorn && value.gateway instanceof S3Gateway);
    assert.deepEqual(await settle(value.gateway.deployment.metadata.name), open("photos"));
    assert.deepEqual(await settle(value.gateway.service.metadata.name), open("photos"));
    assert.deepEqual(await settle(value.gateway.persistentVolumeClaim.metadata.name), open("photos-data"));
    assert.deepEqual(await settle(value.longhorn.release.name), open("longhorn"));
    assert.deepEqual(await settle(value.longhorn.storageClass.metadata.name), open("longhorn-s3"));
    assert.deepEqual(await settle(value.gateway.credentialsSecret.metadata.name), names.credentialsSecretName);
  });
});

describe("the warnings of a store", () => {
  const failover = { onNodeFailure: "AssumeDead" as const, acceptDataLossIfNodeIsAlive: true };
  const warningsOf = async (more: Partial<ObjectStoreArgs>) => {
    const { warnings } = await record(() =>
      store({ longhorn: { podDeletionPolicy: "delete-deployment-pod" }, failover, ...more }),
    );
    return warnings.filter((text) => text.includes("priorityClassName"));
  };

  it("are of a gateway that asks for resources and may find none free when it has to move", async () => {
    const resources = { requests: { memory: "1Gi" } };
    assert.equal((await warningsOf({ pod: { resources } })).length, 1);
    assert.deepEqual(await warningsOf({ pod: { resources, priorityClassName: "longhorn-critical" } }), []);
    assert.deepEqual(await warningsOf({}), []);
  });
});

describe("protection", () => {
  const longhornOnes = ["photos-longhorn-namespace", "photos-longhorn-release"];
  const kept = [
    ...["photos-gateway-access-key", "photos-gateway-credentials", "photos-gateway-credentials-suffix"],
    ...["photos-gateway-data", "photos-gateway-deployment", "photos-gateway-secret-key", "photos-gateway-service"],
    ...longhornOnes,
    "photos-namespace",
  ];
  const protectedOnes = async (program: () => ObjectStore) =>
    (await record(program)).resources.filter(({ protect }) => protect).map(({ name }) => name);

  it("is on everything that holds data or leads to it", async () => {
    assert.deepEqual(await protectedOnes(store), kept);
  });

  it("is lifted by one input; from Longhorn, whose uninstaller must be allowed, by two", async () => {
    const lifted = (longhorn: ObjectStoreArgs["longhorn"]) =>
      protectedOnes(() => store({ deletionProtection: false, longhorn }));
    assert.deepEqual(await lifted({}), longhornOnes);
    assert.deepEqual(await lifted({ allowUninstall: true }), []);
    assert.deepEqual(await lifted({ allowUninstall: true, deletionProtection: true }), longhornOnes);
  });

  it("that the program asks for with Pulumi's own option stays, whatever the input says", async () => {
    const program = () => new ObjectStore("photos", { ...args, deletionProtection: false }, { protect: true });
    const unprotected = (await record(program)).resources.filter(({ protect }) => !protect);
    assert.deepEqual(unprotected, []);
  });

  it("keeps the Secret with the keys, and the namespace around it, even when they are destroyed", async () => {
    const { resources } = await record(() => store({ deletionProtection: false }));
    const retained = resources.filter(({ retainOnDelete }) => retainOnDelete).map(({ name }) => name);
    assert.deepEqual(retained, ["photos-gateway-credentials", "photos-namespace"]);
  });
});

describe("order", () => {
  it("the gateway comes after Longhorn, its class and the namespace; nothing takes a name from their outputs", async () => {
    const { resource } = await record(store);
    assert.deepEqual(resource("photos-gateway").dependencies, [
      ...["photos-longhorn-class", "photos-longhorn-namespace", "photos-longhorn-release", "photos-namespace"],
    ]);
    assert.deepEqual(resource("photos-longhorn-release").dependencies, [
      ...["photos-longhorn-class", "photos-longhorn-namespace"],
    ]);
    assert.deepEqual(resource("photos-longhorn-class").dependencies, []);
    assert.deepEqual(resource("photos-gateway-data").dependencies, []);
  });

  it("is kept with a Longhorn of the same program", async () => {
    const { resource } = await record(() => {
      const longhorn = new Longhorn("shared", { version: "1.11.0" });
      const options = { dependsOn: longhorn };
      return new ObjectStore("photos", { ...args, longhorn: undefined, existingLonghorn: longhorn.reference }, options);
    });
    assert.deepEqual(resource("photos").dependencies, [...["shared-class", "shared-namespace", "shared-release"]]);
    assert.deepEqual(resource("photos-gateway-data").inputs["spec"], {
      accessModes: ["ReadWriteOncePod"],
      storageClassName: "longhorn-s3",
      resources: { requests: { storage: "10Gi" } },
    });
  });
});

describe("several stores in one program", () => {
  it("share nothing but their Longhorn", async () => {
    const { resources } = await record(() =>
      ["a", "b", "c"].map((name) => store({ longhorn: undefined, existingLonghorn }, name)),
    );
    assert.equal(resources.length, 3 * 11);
    assert.equal(new Set(resources.map(({ name }) => name)).size, resources.length);
    const inCluster = resources
      .filter(({ type }) => type.startsWith("kubernetes:"))
      .map(({ type, inputs }) => {
        const metadata = inputs["metadata"] as { name?: string; namespace?: string };
        return metadata.name && [type, metadata.namespace, metadata.name].join("/");
      })
      .filter((name) => name !== undefined);
    assert.equal(new Set(inCluster).size, inCluster.length);
  });
});

describe("inputs that are Outputs", () => {
  it("flow through", async () => {
    const { resource } = await record(() =>
      store({
        volume: { size: pulumi.output("20Gi") },
        gateway: { image: { reference: pulumi.output("mirror/s3gw:v0.23.0") } },
      }),
    );
    const claim = resource("photos-gateway-data").inputs["spec"] as { resources: { requests: { storage: string } } };
    assert.equal(claim.resources.requests.storage, "20Gi");
    assert.match(JSON.stringify(resource("photos-gateway-deployment").inputs), /"image":"mirror\/s3gw:v0\.23\.0"/);
  });
});
