import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import * as library from "../../index";

interface Property {
  type?: string;
  $ref?: string;
  description?: string;
  plain?: boolean;
  secret?: boolean;
}

interface Schema {
  name: string;
  version: string;
  resources: Record<
    string,
    {
      description?: string;
      inputProperties: Record<string, Property>;
      requiredInputs: string[];
      properties: Record<string, Property>;
      required: string[];
    }
  >;
  types: Record<
    string,
    { description?: string; properties?: Record<string, Property>; enum?: { value: string }[]; required?: string[] }
  >;
}

const root = path.resolve(__dirname, "../..");

/** `npm run check` holds it against the sources. */
const schema = JSON.parse(readFileSync(path.join(root, "schema.json"), "utf8")) as Schema;

describe("the schema of the components, for programs in other languages", () => {
  it("is of the package's name and version, which tokens and SDKs are made from", () => {
    const { name, version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as Schema;
    assert.deepEqual({ name: schema.name, version: schema.version }, { name, version });
  });

  it("has these components with these inputs", () => {
    const required = Object.entries(schema.resources).map(([type, { requiredInputs }]) => [type, requiredInputs]);
    assert.deepEqual(Object.fromEntries(required), {
      "longhorn-s3:index:ObjectStore": ["failover", "volume"],
      "longhorn-s3:index:S3Gateway": ["namespace", "volume"],
      "longhorn-s3:index:Longhorn": [],
      "longhorn-s3:index:NodeFencing": ["agent", "namespace"],
    });
    assert.deepEqual(schema.types["longhorn-s3:index:Failover"]?.required, ["onNodeFailure"]);
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

  it("describes every component, type, input and output", () => {
    const described = [
      ...Object.entries(schema.resources),
      ...Object.entries(schema.types),
      ...Object.values(schema.resources).flatMap(({ inputProperties }) => Object.entries(inputProperties)),
      ...Object.values(schema.resources).flatMap(({ properties }) => Object.entries(properties)),
      ...Object.values(schema.types).flatMap(({ properties = {} }) => Object.entries(properties)),
    ];
    const silent = described.filter(([, { description = "" }]) => description.length < 10).map(([name]) => name);
    assert.deepEqual(silent, []);
  });

  it("says the defaults, which SDKs have no other place for", () => {
    const described = schema.types["longhorn-s3:index:Failover"]?.properties?.["speed"]?.description;
    assert.match(described ?? "", /Default: "Balanced"$/);
    const { inputProperties } = schema.resources["longhorn-s3:index:ObjectStore"] ?? assert.fail();
    assert.match(inputProperties["clusterDomain"]?.description ?? "", /Default: "cluster.local"$/); // an inherited one
  });

  it("calls secret whatever the comments call secret", () => {
    const properties = [...Object.entries(schema.resources), ...Object.entries(schema.types)].flatMap(
      ([token, { properties = {} }]) =>
        Object.entries(properties).map(([name, of]) => ({ name: `${token}.${name}`, of })),
    );
    const names = (found: typeof properties): string[] => found.map(({ name }) => name).sort();
    const bySchema = names(properties.filter(({ of }) => of.secret));
    assert.deepEqual(bySchema, names(properties.filter(({ of }) => /\. Secret\.(\n|$)/.test(of.description ?? ""))));
    assert.equal(bySchema.length, 10);
  });

  it("has whole numbers but for seconds of a prediction and what Longhorn takes fractions of", () => {
    const numbers = Object.entries(schema.types).flatMap(([token, { properties = {} }]) =>
      Object.entries(properties).flatMap(([name, { type }]) =>
        type === "number" ? [`${token.split(":")[2] ?? ""}.${name}`] : [],
      ),
    );
    const ofPrediction = ["RecoveryTime.p50Seconds", "RecoveryTime.p95Seconds", "RecoveryTime.p99Seconds"];
    assert.deepEqual(numbers.sort(), ["NumberByEngine.v1", "NumberByEngine.v2", ...ofPrediction]);
  });
});
