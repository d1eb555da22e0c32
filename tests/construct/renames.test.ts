import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import {
  Longhorn,
  NodeFencing,
  ObjectStore,
  S3Gateway,
  type NodeFencingArgs,
  type ObjectStoreArgs,
  type S3GatewayArgs,
} from "../../index";
import { withValueAt } from "../../components/validation/property-path";
import { checkConfig } from "../../stacks/config/read";
import { problemsText } from "../../stacks/config/problems";
import { record, registeredSoFar } from "./recorder";

const good = { longhorn: {}, volume: { size: "10Gi" }, failover: { onNodeFailure: "Wait" } };
const gateway = { namespace: "photos", volume: { size: "10Gi", storageClassName: "longhorn-s3" } };

const build: Record<string, (args: object) => unknown> = {
  ObjectStore: (args) => new ObjectStore("photos", args as ObjectStoreArgs),
  S3Gateway: (args) => new S3Gateway("photos", args as S3GatewayArgs),
  Longhorn: (args) => new Longhorn("longhorn", args),
  NodeFencing: (args) => new NodeFencing("fencing", args as NodeFencingArgs),
};

const goodArgs: Record<string, object> = {
  ObjectStore: good,
  S3Gateway: gateway,
  Longhorn: {},
  NodeFencing: { remediator: "SelfNodeRemediation", namespace: "medik8s" },
};

/** Lines of the refusal of a component's args, before anything is registered. */
async function refusal(component: string, args: object): Promise<string[]> {
  let message = "";
  await record(() => {
    assert.throws(
      () => build[component]?.(args),
      (error: Error) => {
        assert.equal(error.name, "InvalidArgsError", error.stack);
        message = error.message;
        return true;
      },
    );
  });
  assert.equal(registeredSoFar(), 0);
  return message.split("\n").slice(1);
}

/** Lines of the refusal, or none where the args are taken or fail in another way. */
async function refusalOrNone(component: string, args: object): Promise<string[]> {
  let lines: string[] = [];
  await record(() => {
    try {
      build[component]?.(args);
    } catch (error) {
      lines = error instanceof Error ? error.message.split("\n") : [];
    }
  });
  return lines;
}

const withInput = (args: object, place: string, value: unknown): object =>
  withValueAt(args, place.split("."), value) as object;

describe("former names of inputs", () => {
  it("are refused by a store, all at once, each with its new name and value", async () => {
    const args = {
      ...good,
      failover: { onNodeFailure: "Wait", unresponsiveSeconds: 90, prediction: { nodes: 5 } },
      serviceName: "s3",
      imageChange: { withoutSnapshot: "quay.io/s3gw/s3gw:v0.22.0" },
      environment: { TZ: "UTC" },
    };
    assert.deepEqual(await refusal("ObjectStore", args), [
      '  serviceName: got "s3"; allowed: unset, because the input was renamed to service.name',
      '    fix: service.name: "s3", instead of serviceName',
      '  imageChange.withoutSnapshot: got "quay.io/s3gw/s3gw:v0.22.0"; allowed: unset, because the input was renamed ' +
        "to gateway.image.upgrade.skipSnapshotFor",
      '    fix: gateway.image.upgrade.skipSnapshotFor: "quay.io/s3gw/s3gw:v0.22.0", instead of imageChange.withoutSnapshot',
      '  environment: got {"TZ":"UTC"}; allowed: unset, because the input was renamed to pod.env',
      '    fix: pod.env: {"TZ":"UTC"}, instead of environment',
      '  failover.prediction: got {"nodes":5}; allowed: unset, because the input was renamed to prediction',
      '    fix: prediction: {"nodes":5}, instead of failover.prediction',
      "  failover.unresponsiveSeconds: got 90; allowed: unset, because the input was renamed to " +
        "failover.livenessFailureSeconds",
      "    fix: failover.livenessFailureSeconds: 90, instead of failover.unresponsiveSeconds",
    ]);
  });

  it("are refused beside what is wrong with their values", async () => {
    const args = { ...good, serviceName: "Photos", resources: { limits: { memory: "much" } } };
    const lines = (await refusal("ObjectStore", args)).filter((line) => /^ {2}\S/.test(line));
    assert.deepEqual(
      lines.map((line) => line.slice(2).split(": got ")[0]),
      ["serviceName", "resources", "service.name", "pod.resources.limits.memory"].map((field) =>
        field === "pod.resources.limits.memory" ? 'pod.resources.limits["memory"]' : field,
      ),
    );
  });

  it("are refused with a value that is an Output, which stays one", async () => {
    const args = { ...good, image: pulumi.output("quay.io/s3gw/s3gw:v0.22.0") };
    assert.deepEqual(await refusal("ObjectStore", args), [
      "  image: got an Output; allowed: unset, because the input was renamed to gateway.image.reference",
      "    fix: gateway.image.reference: an Output, instead of image",
    ]);
  });

  it("are refused by a gateway on its own", async () => {
    assert.deepEqual(await refusal("S3Gateway", { ...gateway, evictAfterSeconds: 30, unresponsiveSeconds: 60 }), [
      "  evictAfterSeconds: got 30; allowed: unset, because the input was renamed to tolerationSeconds",
      "    fix: tolerationSeconds: 30, instead of evictAfterSeconds",
      "  unresponsiveSeconds: got 60; allowed: unset, because the input was renamed to livenessFailureSeconds",
      "    fix: livenessFailureSeconds: 60, instead of unresponsiveSeconds",
    ]);
  });

  it("are refused by a fencing, and by the store that refers to one", async () => {
    assert.deepEqual(await refusal("NodeFencing", { agent: "SelfNodeRemediation", namespace: "medik8s" }), [
      '  agent: got "SelfNodeRemediation"; allowed: unset, because the input was renamed to remediator',
      '    fix: remediator: "SelfNodeRemediation", instead of agent',
    ]);
    const failover = { onNodeFailure: "Fence", fencing: { agent: "SelfNodeRemediation", unhealthySeconds: 60 } };
    assert.deepEqual(await refusal("ObjectStore", { ...good, failover }), [
      '  failover.fencing.agent: got "SelfNodeRemediation"; allowed: unset, because the input was renamed to ' +
        "failover.fencing.remediator",
      '    fix: failover.fencing.remediator: "SelfNodeRemediation", instead of failover.fencing.agent',
    ]);
  });
});

const identity = { project: "longhorn-s3", stack: "dev" };

const surroundings = {
  ...identity,
  directories: { project: "/repo", working: "/repo/stacks" },
  isSecret: () => false,
  written: () => undefined,
  exists: () => true,
};

const set = (key: string, value: string): string => `pulumi config set -s dev --path longhorn-s3:${key} ${value}`;
const rm = (key: string): string => `pulumi config rm -s dev --path longhorn-s3:${key}`;

function problems(config: Record<string, unknown>, more: Partial<typeof surroundings> = {}): string[] {
  const found = checkConfig(config, { ...surroundings, ...more }).problems;
  return problemsText(found, identity).split("\n").slice(1);
}

describe("former keys of a stack's configuration", () => {
  const photos = { volume: { size: "10Gi" }, failover: { onNodeFailure: "Wait" } };

  it("are refused with the commands that move their values", () => {
    const config = {
      longhorn: {},
      fencing: { agent: "SelfNodeRemediation", namespace: "medik8s" },
      stores: {
        photos: {
          ...photos,
          serviceName: "s3",
          imageChange: { snapshot: "before", withoutSnapshot: "quay.io/s3gw/s3gw:v0.22.0" },
          imagePullSecrets: ["registry"],
        },
      },
    };
    assert.deepEqual(problems(config), [
      '  longhorn-s3:fencing.agent: got "SelfNodeRemediation"; allowed: unset, because the input was renamed to ' +
        "remediator",
      `    fix: ${rm("fencing.agent")} && ${set("fencing.remediator", "SelfNodeRemediation")}`,
      '  longhorn-s3:stores.photos.serviceName: got "s3"; allowed: unset, because the input was renamed to service.name',
      `    fix: ${rm("stores.photos.serviceName")} && ${set("stores.photos.service.name", "s3")}`,
      '  longhorn-s3:stores.photos.imagePullSecrets: got ["registry"]; allowed: unset, because the input was renamed ' +
        "to gateway.image.pullSecrets",
      `    fix: ${rm("stores.photos.imagePullSecrets")} && pulumi config set -s dev --path 'longhorn-s3:stores.photos.gateway.image.pullSecrets[0]' registry`,
      '  longhorn-s3:stores.photos.imageChange.snapshot: got "before"; allowed: unset, because the input was renamed ' +
        "to gateway.image.upgrade.snapshot",
      `    fix: ${rm("stores.photos.imageChange.snapshot")} && ${set("stores.photos.gateway.image.upgrade.snapshot", "before")}`,
      '  longhorn-s3:stores.photos.imageChange.withoutSnapshot: got "quay.io/s3gw/s3gw:v0.22.0"; allowed: unset, ' +
        "because the input was renamed to gateway.image.upgrade.skipSnapshotFor",
      `    fix: ${rm("stores.photos.imageChange.withoutSnapshot")} && ${set("stores.photos.gateway.image.upgrade.skipSnapshotFor", "quay.io/s3gw/s3gw:v0.22.0")}`,
    ]);
  });

  it("are refused beside what is wrong with their values", () => {
    const stores = { photos: { ...photos, logLevel: "loud", tolerations: "none" } };
    const keys = problems({ longhorn: {}, stores })
      .filter((line) => /^ {2}\S/.test(line))
      .map((line) => line.trim().split(": got ")[0]);
    assert.deepEqual(keys, [
      "longhorn-s3:stores.photos.logLevel",
      "longhorn-s3:stores.photos.tolerations",
      "longhorn-s3:stores.photos.pod.tolerations",
      "longhorn-s3:stores.photos.gateway.s3gw.logLevel",
    ]);
  });

  it("show no value of a key that is encrypted, and move none", () => {
    const stores = { photos: { ...photos, priorityClassName: "storage" } };
    const lines = problems({ longhorn: {}, stores }, {
      isSecret: (key: string) => key === "longhorn-s3:stores",
      written: () => ({ secure: "v1:abc" }),
    } as never);
    assert.deepEqual(lines.slice(0, 2), [
      "  longhorn-s3:stores.photos.priorityClassName: got a secret; allowed: unset, because the input was renamed to " +
        "pod.priorityClassName",
      `    fix: ${rm("stores.photos.priorityClassName")}`,
    ]);
    assert.ok(!lines.join("\n").includes('"storage"'));
  });
});

interface Property {
  type?: string;
  $ref?: string;
  plain?: boolean;
  items?: Property;
  additionalProperties?: Property;
  oneOf?: Property[];
}

interface Schema {
  resources: Record<string, { inputProperties: Record<string, Property> }>;
  types: Record<string, { properties?: Record<string, Property> }>;
}

const schema = JSON.parse(readFileSync(path.join(__dirname, "../../schema.json"), "utf8")) as Schema;

/** Property paths of all inputs, those of objects included, and whether each has to be plain. */
function inputsIn(
  properties: Record<string, Property>,
  above: readonly string[] = [],
): [place: string, isPlain: boolean][] {
  return Object.entries(properties).flatMap(([name, property]) => {
    const place = [...above, name];
    const isAny = property.$ref === "pulumi.json#/Any";
    const types = (property.oneOf ?? [property]).map(({ $ref }) => schema.types[$ref?.replace("#/types/", "") ?? ""]);
    const inner = types.find((type) => type?.properties !== undefined)?.properties;
    const here: [string, boolean] = [place.join("."), property.plain === true && !isAny];
    return [here, ...(inner === undefined ? [] : inputsIn(inner, place))];
  });
}

/** Values of the inputs that are checked when they are known. */
const valueFor: Record<string, string> = { "volume.size": "10Gi", "gateway.image.reference": "s3gw:v0.23.0" };

describe("an Output in place of a plain value", () => {
  for (const component of Object.keys(build)) {
    const inputs = inputsIn(schema.resources[`longhorn-s3:index:${component}`]?.inputProperties ?? {});
    it(`is refused in every plain input of ${component}, and taken in every other`, async () => {
      for (const [place, isPlain] of inputs) {
        const args = withInput(goodArgs[component] ?? {}, place, pulumi.output(valueFor[place] ?? "later"));
        const told = (await refusalOrNone(component, args)).filter((line) => /got an Output; /.test(line));
        const expected = `  ${place}: got an Output; allowed: a plain value, because it must be known before the deployment`;
        assert.deepEqual(told, isPlain ? [expected] : [], place);
      }
    });
  }

  it("is refused in lists and maps", async () => {
    const args = {
      ...good,
      dnsNames: ["s3.example.com", pulumi.output("later")],
      labels: { "example.com/team": Promise.resolve("x") },
    };
    assert.deepEqual(
      (await refusal("ObjectStore", args)).filter((line) => /^ {2}\S/.test(line)),
      [
        "  dnsNames[1]: got an Output; allowed: a plain value, because it must be known before the deployment",
        '  labels["example.com/team"]: got a Promise; allowed: a plain value, because it must be known before the ' +
          "deployment",
      ],
    );
  });

  it("of a required input is refused with a value for it", async () => {
    const args = { ...good, failover: { onNodeFailure: pulumi.output("Wait") } };
    const [line = "", fix = ""] = await refusal("ObjectStore", args);
    assert.match(line, /^ {2}failover\.onNodeFailure: got an Output; /);
    assert.match(fix, /fix: failover\.onNodeFailure: "Wait"/);
  });
});

describe("a setting with a value for each data engine", () => {
  const settingsOf = async (version: string, settings: object) => {
    const { resource } = await record(() => new Longhorn("longhorn", { version, settings }), { chartVersion: version });
    return (resource("longhorn-release").inputs["values"] as { defaultSettings: object }).defaultSettings;
  };

  for (const version of ["1.9.2", "1.10.0", "1.12.1"]) {
    const engines = version === "1.9.2" ? ["v1"] : ["v1", "v2"];
    const each = (value: unknown) => Object.fromEntries(engines.map((engine) => [engine, value]));

    it(`takes one value for all that ${version} has`, async () => {
      assert.deepEqual(
        await settingsOf(version, { defaultReplicaCount: 2, snapshotDataIntegrity: "enabled" }),
        await settingsOf(version, { defaultReplicaCount: each(2), snapshotDataIntegrity: each("enabled") }),
      );
    });
  }

  it("refuses one value that no engine takes", async () => {
    assert.deepEqual(await refusal("Longhorn", { settings: { defaultReplicaCount: "3" } }), [
      '  settings.defaultReplicaCount: got "3"; allowed: a whole number from 1 to 20, or an object with a value per ' +
        "data engine: v1, v2",
      "    fix: settings.defaultReplicaCount: 3",
    ]);
  });
});
