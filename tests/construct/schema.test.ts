import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { namesFile, namesIn, promisedNames, takenAway, withAdded } from "../../generate/schema-names";
import * as library from "../../index";
import { configSchema } from "../../stacks/config/schema.generated";
import type { Schema as ConfigSchema } from "../../components/validation/schema";

interface Property {
  type?: string;
  $ref?: string;
  description?: string;
  plain?: boolean;
  secret?: boolean;
  items?: Property;
  additionalProperties?: Property;
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
    {
      description?: string;
      properties?: Record<string, Property>;
      enum?: { name: string; value: string }[];
      required?: string[];
    }
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
      "longhorn-s3:index:NodeFencing": ["namespace", "remediator"],
    });
    assert.deepEqual(schema.types["longhorn-s3:index:Failover"]?.required, ["onNodeFailure"]);
  });

  it("has all names that it ever had, of the same types", () => {
    assert.deepEqual(
      takenAway(promisedNames(), namesIn(schema)),
      [],
      "Programs in other languages rely on these names: to take one away, to rename it or to give it another type is a breaking " +
        `change. Keep it, or, for a new major version, take it out of ${namesFile} by hand and say so in CHANGELOG.md; ` +
        "`npm run schema` puts what is new into that list, and takes nothing away.",
    );
  });

  it("misses a name that is gone, and one that is something else, and lets others come", () => {
    const was = { Volume: { size: "string", mode: "Mode?" }, Mode: { Once: "once", Many: "many" }, Gone: {} };
    const is = { Volume: { size: "string", mode: "string?", more: "string?" }, Mode: { Once: "once" }, New: {} };
    assert.deepEqual(takenAway(was, is), [
      "Volume.mode: Mode? is now string?",
      "Mode.Many: many was removed",
      "Gone was removed",
    ]);
    assert.deepEqual(takenAway(was, withAdded(was, is)), []);
    assert.deepEqual(Object.keys(withAdded(was, is)), ["Gone", "Mode", "New", "Volume"]);
    assert.deepEqual(withAdded(was, is)["Volume"], { mode: "Mode?", more: "string?", size: "string" });
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
    assert.deepEqual(values("GatewayEngine"), ["S3gw"]);
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

  it("marks the same inputs as secret as the schema of a stack's configuration, and the keys among the outputs", () => {
    const inputs = [
      ...secretInputs("longhorn", "Longhorn"),
      ...secretInputs("fencing", "NodeFencing"),
      ...secretInputs("stores", "ObjectStore"),
      // A user's name opens nothing: a stack's file may say it, and the state need not.
      ...["ChartRepository.username", "LonghornImages.username"],
    ];
    const outputs = ["ObjectStore", "S3Gateway"].flatMap((name) => [`${name}.accessKeyId`, `${name}.secretAccessKey`]);
    assert.ok(inputs.includes("FenceAgent.credentials")); // a map, the hardest to find
    assert.deepEqual(namesOf(secret), [...inputs, ...outputs].sort());
  });

  it("says of what is secret that it is", () => {
    const said = (of: Property): boolean => /\. Secret\.(\n|$)/.test(of.description ?? "");
    assert.deepEqual(namesOf(secret), namesOf(said));
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

const nameIn = (token: string): string => token.split(":")[2] ?? token;

/** Properties of types, and inputs and outputs of components, as `Type.property`, each once. */
function namesOf(wanted: (property: Property) => boolean | undefined): string[] {
  const named = (token: string, properties: Record<string, Property> = {}): string[] =>
    Object.entries(properties).flatMap(([name, of]) => (wanted(of) ? [`${nameIn(token)}.${name}`] : []));
  const found = [
    ...Object.entries(schema.types).flatMap(([token, { properties }]) => named(token, properties)),
    ...Object.entries(schema.resources).flatMap(([token, { inputProperties, properties }]) => [
      ...named(token, inputProperties),
      ...named(token, properties),
    ]),
  ];
  return [...new Set(found)].sort();
}

function secret(property: Property): boolean | undefined {
  return property.secret;
}

/** The inputs of a component, and what is in them, that are secrets in the configuration of a stack, where it is under a key. */
function secretInputs(key: string, component: string): string[] {
  const inputs = schema.resources[`longhorn-s3:index:${component}`]?.inputProperties;
  return secretsIn(innermost(configSchema.properties?.[key] ?? assert.fail(key)), component, inputs);
}

function secretsIn(config: ConfigSchema, type: string, properties: Record<string, Property> = {}): string[] {
  return Object.entries(config.properties ?? {}).flatMap(([name, member]) => {
    const within = innermost(member);
    if (within.writeOnly) return [`${type}.${name}`];
    const token = typeWithin(properties[name])?.replace("#/types/", "") ?? "";
    return secretsIn(within, nameIn(token), schema.types[token]?.properties);
  });
}

/** What a list or a map has in the end. */
function innermost(config: ConfigSchema): ConfigSchema {
  const each = config.items ?? config.additionalProperties;
  return each ? innermost(each) : config;
}

function typeWithin(property: Property | undefined): string | undefined {
  const each = property?.items ?? property?.additionalProperties;
  return each ? typeWithin(each) : property?.$ref;
}
