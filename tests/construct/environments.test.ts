import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { parseStackOutputs } from "../../components/stack-reference/contract";
import { record, registeredSoFar, settle, type Registration } from "./recorder";

const program = require.resolve("../../stacks");

/** Runs the stack's program with the configuration of a stack's file. */
function run(stack: string, config: Record<string, unknown>) {
  const all = Object.entries(config).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return record(
    () => {
      pulumi.runtime.setAllConfig(Object.fromEntries(all) as Record<string, string>);
      delete require.cache[program];
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      return require(program) as Record<string, pulumi.Input<unknown>>;
    },
    { stack },
  );
}

function configOf(stack: string): Record<string, unknown> {
  const text = readFileSync(path.resolve(__dirname, `../../Pulumi.${stack}.yaml`), "utf8");
  return (parse(text) as { config: Record<string, unknown> }).config;
}

async function outputsOf(value: Record<string, pulumi.Input<unknown>>) {
  const exported = Object.entries(value).filter(([, output]) => output !== undefined);
  const settled = exported.map(async ([name, output]) => [name, (await settle(pulumi.output(output))).value] as const);
  return parseStackOutputs(Object.fromEntries(await Promise.all(settled)));
}

const outline = (resources: readonly Registration[]) => resources.map(({ name, type }) => `${name} ${type}`);
const inKubernetes = (resources: readonly Registration[]) =>
  resources.filter(({ type }) => type.startsWith("kubernetes:"));

describe("the environments of the repository", () => {
  after(() => pulumi.runtime.setAllConfig({}));

  for (const stack of ["staging", "prod"]) {
    it(`${stack} goes to its own context with everything, and warns of nothing`, async () => {
      const { resources, resource, warnings } = await run(stack, configOf(stack));
      assert.deepEqual(warnings, []);
      assert.deepEqual(resource("cluster").inputs, { context: stack });
      for (const { name, provider } of inKubernetes(resources)) assert.equal(provider, "cluster", name);
    });
  }

  it("a kubeconfig alone is warned of: its current context may be another one by then", async () => {
    const kubeconfig = "../package.json"; // the SDK's mocks are a project in ./rootDirectory
    const { warnings } = await run("dev", { ...configOf("dev"), "longhorn-s3:cluster": { kubeconfig } });
    const about = warnings.filter((text) => text.includes("context"));
    assert.equal(about.length, 1);
    assert.match(
      about[0] ?? "",
      /"dev" is deployed to the current context of \.\/package\.json, .* --kubeconfig \.\/package\.json\)"$/,
    );
  });

  it("dev says that it goes where kubectl points, and how to change that", async () => {
    const { warnings } = await run("dev", configOf("dev"));
    const [first = "", ...others] = warnings.filter((text) => text.includes("context"));
    assert.deepEqual(others, []);
    assert.match(
      first,
      /pulumi config set -s dev --path longhorn-s3:cluster\.context "\$\(kubectl config current-context\)"/,
    );
    assert.deepEqual(
      (await run("dev", { ...configOf("dev"), "longhorn-s3:cluster": { context: "kind" } })).warnings.filter((text) =>
        text.includes("context"),
      ),
      [],
    );
  });

  it("prod has everything protected that holds data or leads to it", async () => {
    const { resource } = await run("prod", configOf("prod"));
    for (const name of [
      "longhorn-release",
      "longhorn-namespace",
      "photos-gateway-data",
      "photos-gateway-credentials",
    ]) {
      assert.ok(resource(name).protect, name);
    }
  });

  it("prod without a context is refused before anything is registered, staging is not", async () => {
    const { "longhorn-s3:cluster": _, ...config } = configOf("prod");
    await assert.rejects(
      run("prod", config),
      /longhorn-s3:cluster\.context: got nothing; allowed: the name of a context/,
    );
    assert.equal(registeredSoFar(), 0);
    const { "longhorn-s3:production": __, ...unmarked } = config;
    await assert.rejects(run("prod", unmarked), /The configuration of stack "prod" is invalid/);
    assert.ok((await run("staging", unmarked)).resources.length > 0);
  });

  it("differ in data alone: with the same configuration, all build the same", async () => {
    const built = async (stack: string) => outline((await run(stack, configOf("prod"))).resources);
    assert.deepEqual(await built("dev"), await built("prod"));
  });
});

describe("Longhorn as a stack of its own", () => {
  const cluster = { "longhorn-s3:cluster": { context: "eu" } };
  const photos = { volume: { size: "10Gi" }, failover: { onNodeFailure: "Wait" } };

  it("installs Longhorn alone, and says in its outputs what the stacks of stores need to know", async () => {
    const { resources, value } = await run("longhorn", { ...cluster, "longhorn-s3:longhorn": {} });
    const outputs = await outputsOf(value);
    assert.deepEqual([outputs.stores, outputs.credentials], [{}, {}]);
    assert.deepEqual(
      inKubernetes(resources).map(({ name }) => name),
      ["longhorn-class", "longhorn-namespace", "longhorn-release"],
    );
    const { chartVersion: version, storageClassName, podDeletionPolicy, namespace } = outputs.longhorn;
    const existingLonghorn = { version, storageClassName, podDeletionPolicy, namespace };
    const stores = { ...cluster, "longhorn-s3:existingLonghorn": existingLonghorn, "longhorn-s3:stores": { photos } };
    const onIt = await run("stores", stores);
    assert.ok(!onIt.resources.some(({ name }) => name.startsWith("longhorn")));
    assert.deepEqual(
      (onIt.resource("photos-gateway-data").inputs["spec"] as { storageClassName: string }).storageClassName,
      storageClassName,
    );
    assert.equal((await outputsOf(onIt.value)).longhorn.storageClassName, storageClassName);
  });

  it("can make the fencing of the nodes as well, for stores that name it", async () => {
    const fencing = { remediator: "SelfNodeRemediation", namespace: "medik8s", unhealthySeconds: 60 };
    const below = await run("longhorn", { ...cluster, "longhorn-s3:longhorn": {}, "longhorn-s3:fencing": fencing });
    assert.ok(below.resources.some(({ type }) => type === "longhorn-s3:index:NodeFencing"));
    const existingLonghorn = { version: "1.12.1", storageClassName: "longhorn-s3", podDeletionPolicy: "do-nothing" };
    const { remediator, unhealthySeconds } = fencing;
    const fenced = { ...photos, failover: { onNodeFailure: "Fence", fencing: { remediator, unhealthySeconds } } };
    const onIt = { "longhorn-s3:existingLonghorn": existingLonghorn, "longhorn-s3:stores": { photos: fenced } };
    assert.equal(
      (await outputsOf((await run("stores", { ...cluster, ...onIt })).value)).stores["photos"]?.onNodeFailure,
      "Fence",
    );
  });
});
