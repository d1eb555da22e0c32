import assert from "node:assert/strict";
import * as path from "node:path";
import { ComponentProvider, getPulumiComponents } from "@pulumi/pulumi/provider/experimental";
import type * as pulumi from "@pulumi/pulumi";
import * as library from "../../index";
import { record, settle } from "./recorder";

interface Property {
  type?: string;
  $ref?: string;
  description?: string;
  plain?: boolean;
}

interface Schema {
  name: string;
  resources: Record<
    string,
    { inputProperties: Record<string, Property>; requiredInputs: string[]; required: string[] }
  >;
  types: Record<string, { properties?: Record<string, Property>; enum?: { value: string }[]; required?: string[] }>;
}

describe("the package as a component plugin, for programs in other languages", function () {
  this.timeout("1m");
  const root = path.resolve(__dirname, "../..");
  const components = (getPulumiComponents as (exports: unknown) => ComponentConstructors)(library);
  const provider = new ComponentProvider({ components, dirname: root, name: "longhorn-s3" });
  let schema: Schema;
  before(async () => {
    schema = JSON.parse(await provider.getSchema()) as Schema;
  });

  it("has these components with these inputs", () => {
    const required = Object.entries(schema.resources).map(([type, { requiredInputs }]) => [type, requiredInputs]);
    assert.deepEqual(Object.fromEntries(required), {
      "longhorn-s3:index:ObjectStore": ["failover", "volume"],
      "longhorn-s3:index:S3Gateway": ["namespace", "volume"],
      "longhorn-s3:index:Longhorn": [],
      "longhorn-s3:index:NodeFencing": ["agent", "namespace"],
    });
    assert.deepEqual(schema.types["longhorn-s3:index:FailoverArgs"]?.required, ["onNodeFailure"]);
  });

  it("has the flat outputs of each, of which only the release may be missing", () => {
    const gateway = [
      ...["accessKeyId", "accessMode", "credentialsSecretName", "deploymentName", "endpoint", "namespace"],
      ...["persistentVolumeClaimName", "secretAccessKey", "serviceName", "servicePort"],
    ];
    const outputs = (type: string) => schema.resources[`longhorn-s3:index:${type}`]?.required.toSorted();
    assert.deepEqual(outputs("S3Gateway"), gateway);
    assert.deepEqual(
      outputs("ObjectStore"),
      [...gateway, "chartVersion", "podDeletionPolicy", "predictedRecovery", "storageClassName"].toSorted(),
    );
    assert.deepEqual(
      outputs("Longhorn"),
      ["chartVersion", "namespace", "podDeletionPolicy", "releaseName", "storageClassName"].toSorted(),
    );
  });

  it("has the decisions as enumerations", () => {
    const values = (type: string) => schema.types[`longhorn-s3:index:${type}`]?.enum?.map(({ value }) => value);
    assert.deepEqual(values("OnNodeFailure"), ["Wait", "AssumeDead", "Fence"]);
    assert.deepEqual(values("PodDeletionPolicy"), Object.values(library.PodDeletionPolicy));
    assert.deepEqual(values("AccessMode"), Object.values(library.AccessMode));
    assert.deepEqual(values("DataLocality"), Object.values(library.DataLocality));
  });

  it("describes every input and every output", () => {
    const described = [
      ...Object.values(schema.resources).flatMap(({ inputProperties }) => Object.entries(inputProperties)),
      ...Object.values(schema.types).flatMap(({ properties = {} }) => Object.entries(properties)),
    ];
    const silent = described.filter(([, { description = "" }]) => description.length < 10).map(([name]) => name);
    assert.deepEqual(silent, []);
  });

  it("builds a store from plain inputs", async () => {
    const inputs = {
      longhorn: {},
      volume: { size: "10Gi" },
      failover: { onNodeFailure: "Wait" },
    };
    const { value, resources } = await record(() =>
      provider.construct("photos", "longhorn-s3:index:ObjectStore", inputs, {}),
    );
    assert.equal(resources.length, 15);
    const { endpoint } = value.state as { endpoint: pulumi.Output<string> };
    assert.equal((await settle(endpoint)).value, "http://photos.photos.svc.cluster.local");
  });
});

type ComponentConstructors = ConstructorParameters<typeof ComponentProvider>[0]["components"];
