import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { withValueAt } from "../../components/validation/property-path";
import * as library from "../../index";
import { takeInputs } from "../../plugin/inputs";
import { ComponentPackage } from "../../plugin/provider";
import type { PackageSchema } from "../../plugin/schema";
import { record, settle, type Recording } from "./recorder";

const schema = readFileSync(path.resolve(__dirname, "../../schema.json"), "utf8");
const parsed = JSON.parse(schema) as PackageSchema;
const ofFencing = parsed.resources["longhorn-s3:index:NodeFencing"] ?? assert.fail();
const { ObjectStore, S3Gateway, Longhorn, NodeFencing } = library;

const renamesFile = path.resolve(__dirname, "../../docs/renames.json");
const renames = JSON.parse(readFileSync(renamesFile, "utf8")) as Record<string, { old: string; new: string }[]>;
/** The components by the groups of the file. */
const renamedIn: Record<string, string> = { store: "ObjectStore", gateway: "S3Gateway", fencing: "NodeFencing" };

const { unknown } = pulumi;

describe("the package as a component plugin", () => {
  const plugin = new ComponentPackage(schema, { ObjectStore, S3Gateway, Longhorn, NodeFencing });

  const construct = (type: string, inputs: pulumi.Inputs): Promise<Recording<pulumi.provider.ConstructResult>> =>
    record(() => plugin.construct("photos", `longhorn-s3:index:${type}`, inputs, {}));

  const store = { longhorn: {}, volume: { size: "10Gi" }, failover: { onNodeFailure: "Wait" } };

  const inputsOf: Record<string, pulumi.Inputs> = {
    ObjectStore: store,
    S3Gateway: { namespace: "photos", volume: { size: "10Gi", storageClassName: "longhorn-s3" } },
    Longhorn: {},
    NodeFencing: { remediator: "SelfNodeRemediation", namespace: "medik8s" },
  };

  for (const [type, inputs] of Object.entries(inputsOf)) {
    it(`makes a ${type} from plain inputs, under the token of the schema and with the outputs of the schema`, async () => {
      const { value, resource } = await construct(type, inputs);
      assert.equal(resource("photos").type, `longhorn-s3:index:${type}`);
      const { resources } = JSON.parse(schema) as { resources: Record<string, { required: string[] }> };
      for (const output of resources[`longhorn-s3:index:${type}`]?.required ?? assert.fail()) {
        const { state } = value as { state: Record<string, pulumi.Output<unknown>> };
        assert.notEqual((await settle(state[output] ?? assert.fail(output))).value, undefined, output);
      }
    });
  }

  it("makes of a store all that the library makes", async () => {
    const library = await record(() => new ObjectStore("photos", store as never));
    const { resources } = await construct("ObjectStore", store);
    assert.deepEqual(resources, library.resources);
  });

  it("keeps the keys secret", async () => {
    const { value } = await construct("ObjectStore", store);
    const { state } = value as { state: Record<string, pulumi.Output<unknown>> };
    const secret = await Promise.all(
      Object.entries(state).map(async ([name, output]) => [name, await isSecret(output)]),
    );
    assert.deepEqual(
      secret.filter(([, is]) => is).map(([name]) => name),
      ["accessKeyId", "secretAccessKey"],
    );
  });

  it("takes an input that arrives as one secret, and makes secret again what is secret in it alone", async () => {
    const credentials = { accessKeyId: "an-id", secretAccessKey: "a-key" };
    const longhorn = { backup: { target: "s3://backups@eu-central-1/photos", credentials }, version: "1.12.0" };
    const { resource } = await construct("ObjectStore", { ...store, longhorn: pulumi.secret(longhorn) });
    const { secretInputs } = resource("photos-longhorn-backup-target");
    assert.ok(
      secretInputs.every((input) => input.startsWith("stringData")),
      secretInputs.join(),
    );
    assert.ok(secretInputs.length > 0);
    assert.equal(resource("photos-longhorn-release").inputs["version"], "1.12.0");
    assert.deepEqual(resource("photos-longhorn-release").secretInputs, []);
  });

  it("makes the values of a secret map secret again, and not its keys", async () => {
    const fenceAgent = {
      agent: "fence_ipmilan",
      nodeParameters: { "--ip": { "node-1": "192.0.2.1" } },
      credentials: { "--password": "hush" },
    };
    const inputs = {
      remediator: "FenceAgentsRemediation",
      namespace: "medik8s",
      fenceAgent: pulumi.secret(fenceAgent),
    };
    const { resource } = await construct("NodeFencing", inputs);
    assert.deepEqual(resource("photos-credentials").inputs["stringData"], { "--password": "hush" });
    assert.deepEqual(resource("photos-credentials").secretInputs, ["stringData"]);
    assert.deepEqual(resource("photos-template").secretInputs, []);

    const taken = await takeInputs(parsed, ofFencing, inputs);
    const { credentials } = taken.inputs["fenceAgent"] as { credentials: Record<string, unknown> };
    assert.ok(await isSecret(credentials["--password"]));
  });

  it("lets a value that only the update knows through, where the component takes one", async () => {
    const credentials = { accessKeyId: "an-id", secretAccessKey: unknown };
    const longhorn = { backup: { target: "s3://backups@eu-central-1/photos", credentials } };
    const gateway = { image: { reference: pulumi.output(unknown) } };
    const inputs = { ...store, gateway, longhorn: pulumi.secret(longhorn) };
    const { resources } = await record(() => plugin.construct("photos", "longhorn-s3:index:ObjectStore", inputs, {}), {
      preview: true,
    });
    assert.ok(resources.some(({ name }) => name === "photos-gateway-deployment"));
  });

  it("refuses by its path what has to be known before", async () => {
    const inputs = {
      ...store,
      service: { name: pulumi.output(unknown) },
      volume: { size: "10Gi", recurringJobs: [{ name: unknown }] },
      pod: { nodeSelector: { disks: pulumi.output(unknown) } },
    };
    const failure = await refusal(() => construct("ObjectStore", inputs));
    assert.deepEqual(failure.errors.map(({ propertyPath }) => propertyPath).sort(), [
      "pod.nodeSelector.disks",
      "service.name",
      "volume.recurringJobs[0].name",
    ]);
    assert.match(failure.errors[0]?.reason ?? "", /must be known before the deployment/);
  });

  it("hands every refused input to the engine with what is allowed and the way out", async () => {
    const failure = await refusal(() => construct("ObjectStore", { ...store, volume: { size: "many" }, failover: {} }));
    const paths = failure.errors.map(({ propertyPath }) => propertyPath);
    assert.ok(paths.includes("volume.size") && paths.includes("failover.onNodeFailure"), paths.join());
    for (const { reason } of failure.errors) assert.match(reason, /allowed: .*\n +fix: /s);
  });

  it("takes one value of a setting for all data engines, or a value for each, also as a secret", async () => {
    const settingsOf = async (settings: unknown) => {
      const { resource } = await construct("Longhorn", { settings });
      return (resource("photos-release").inputs["values"] as { defaultSettings: unknown }).defaultSettings;
    };
    const each = await settingsOf({ defaultReplicaCount: { v1: 2, v2: 2 } });
    assert.deepEqual(await settingsOf({ defaultReplicaCount: 2 }), each);
    assert.deepEqual(await settingsOf(pulumi.secret({ defaultReplicaCount: pulumi.output({ v1: 2, v2: 2 }) })), each);
    const failure = await refusal(() => construct("Longhorn", { settings: { defaultReplicaCount: { v1: unknown } } }));
    assert.deepEqual(
      failure.errors.map(({ propertyPath }) => propertyPath),
      ["settings.defaultReplicaCount.v1"],
    );
  });

  for (const [group, type] of Object.entries(renamedIn)) {
    it(`refuses each former name of an input of ${type} with the new one, as a program without types gives it`, async () => {
      for (const row of renames[group] ?? assert.fail(group)) {
        for (const value of ["hunter2", pulumi.secret("hunter2")]) {
          const inputs = withValueAt(inputsOf[type], row.old.split("."), value) as pulumi.Inputs;
          const { errors } = await refusal(() => construct(type, inputs));
          const { reason = "" } = errors.find(({ propertyPath }) => propertyPath === row.old) ?? {};
          assert.ok(
            reason.includes(`allowed: unset, because the input was renamed to ${row.new}\n`),
            `${row.old}: ${reason}`,
          );
          assert.equal(reason.includes("hunter2"), value === "hunter2", reason);
        }
      }
    });
  }

  it("has former names of the inputs of these components alone, and of types", () => {
    assert.deepEqual(Object.keys(renames), [...Object.keys(renamedIn), "types"]);
  });

  it("names its components where one is asked for that it has not", async () => {
    await assert.rejects(
      construct("Store", {}),
      /unknown component longhorn-s3:index:Store, expected one of .*ObjectStore/,
    );
  });
});

async function isSecret(output: unknown): Promise<boolean> {
  return pulumi.Output.isInstance(output) && (await settle(output)).secret;
}

async function refusal(made: () => Promise<unknown>): Promise<pulumi.InputPropertiesError> {
  try {
    await made();
  } catch (error) {
    if (pulumi.InputPropertiesError.isInstance(error)) return error;
    throw error;
  }
  return assert.fail("nothing was refused");
}
