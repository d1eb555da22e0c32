import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { ensureToolchain } from "../../sandbox/toolchain";
import { languageHosts } from "../../sandbox/toolchain/language-hosts";
import { startTestSandbox, type TestSandbox } from "../../testbed/test-sandbox";
import { kubeConfigOf } from "../../tool/cluster/connection";
import { repositoryDirectory } from "../../tool/repository";
import { expectedChanges } from "../states/expected-changes";
import { planOf, type Plan } from "../states/planned-changes";
import { writeProject } from "../states/project";
import { createObjects, readObjectsOf } from "../states/read-objects";
import { atFolder, readSettings, recordedStacks, type RecordedStack, type Settings } from "../states/recorded-stack";
import { formerNames, renamedSettings, type RenamedSettings } from "../states/renamed-settings";

/** The version that has deployed the stacks. */
const version = "0.1.0";

/** Inputs with a new name that none of the stacks has, and why. */
const notRecorded: Readonly<Record<string, string>> = {
  imageChange: "what is in it has new names of its own",
  "imageChange.snapshot": "refused while a store is created: its stack would be recorded in two steps",
};

/** Has no server: the provider compares with the state alone. Without a token it would ask for a user. */
const noCluster = JSON.stringify({
  apiVersion: "v1",
  kind: "Config",
  "current-context": "sandbox",
  clusters: [{ name: "sandbox", cluster: { server: "https://127.0.0.1:1" } }],
  users: [{ name: "sandbox", user: { token: "none" } }],
  contexts: [{ name: "sandbox", context: { cluster: "sandbox", user: "sandbox" } }],
});

describe(`a stack that version ${version} has deployed, with the real engine`, function () {
  this.timeout("3m");
  const parent = mkdtempSync(join(tmpdir(), "previous-version-"));
  const stacks = recordedStacks(version);
  const changes: string[] = [];
  let binDirectory: string;
  let running: TestSandbox | undefined;

  before(async () => {
    const toolchains = [await ensureToolchain(), await ensureToolchain({ definition: languageHosts })];
    binDirectory = toolchains.map((one) => one.binDirectory).join(":");
  });
  after(async () => {
    rmSync(parent, { recursive: true });
    await running?.remove();
  });

  /** Returns the kubeconfig of a cluster with the objects that the program of a stack reads. */
  async function kubeconfigFor(stack: RecordedStack): Promise<string> {
    const objects = readObjectsOf(stack);
    if (objects.length === 0) return noCluster;
    running ??= await startTestSandbox();
    const { kubeconfig } = running.sandbox;
    await createObjects(kubeConfigOf({ kubeconfig }), objects);
    return readFileSync(kubeconfig, "utf8");
  }

  async function preview(stack: RecordedStack, settings: Settings): Promise<Plan> {
    const directory = mkdtempSync(join(parent, "stack-"));
    const kubeconfig = await kubeconfigFor(stack);
    const chart = join(repositoryDirectory, "sandbox", "chart");
    const { folder, pulumi } = writeProject(stack, settings, { directory, kubeconfig, chart, binDirectory });
    const [state, log] = [join(directory, "state.json"), join(directory, "events")];
    writeFileSync(state, atFolder(readFileSync(stack.stateFile, "utf8"), folder));
    await pulumi("stack", "init");
    await pulumi("stack", "import", "--file", state);
    await pulumi("preview", "--event-log", log);
    const events = readFileSync(log, "utf8").split("\n").filter(Boolean);
    return planOf(events.map((event) => JSON.parse(event) as EngineEvent));
  }

  for (const stack of stacks) {
    it(`${stack.kind}/${stack.name} has nothing to change without a reason once its keys are renamed`, async () => {
      const plan = await preview(stack, renamedOf(stack).settings);
      changes.push(...plan.changes);
      const isExpected = (line: string): boolean => expectedChanges.some(({ plan }) => plan.test(line));
      assert.deepEqual(
        plan.changes.filter((line) => !isExpected(line)),
        [],
      );
      assert.deepEqual(
        urnsOf(stack).filter((urn) => !plan.resources.has(urn)),
        [],
      );
    });
  }

  it("changes whatever there is a reason for", () => {
    const idle = expectedChanges.filter(({ plan }) => !changes.some((line) => plan.test(line)));
    assert.deepEqual(idle, []);
  });

  it("is one of each environment, and has each input with a new name", () => {
    const environments = readdirSync(repositoryDirectory).flatMap(
      (file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [],
    );
    const recorded = stacks.filter(({ kind }) => kind === "stacks").map(({ name }) => name);
    assert.deepEqual(
      environments.filter((name) => !recorded.includes(name)),
      [],
    );
    const former = stacks.flatMap((stack) => renamedOf(stack).former);
    const missing = new Set(formerNames.filter((name) => !former.includes(name)));
    assert.deepEqual([...missing].sort(), Object.keys(notRecorded).sort());
  });

  it("is refused with its former names in a program in YAML, by Pulumi's own check of types", async () => {
    const stack = stacks.find(({ kind }) => kind === "yaml") ?? assert.fail();
    assert.ok(renamedOf(stack).former.includes("serviceName"));
    await assert.rejects(preview(stack, readSettings(stack)), ({ message }: Error) => {
      for (const type of ["ObjectStore", "S3Gateway", "NodeFencing"]) {
        assert.match(message, new RegExp(`longhorn-s3:index:${type} is not assignable from`));
      }
      assert.match(message, /Existing properties are: .*service/);
      return true;
    });
  });

  it("shows a changed label, and a changed setting of Longhorn", async () => {
    const stack = stacks.find(({ name }) => name === "sandbox") ?? assert.fail();
    const settings = renamedOf(stack).settings as { config: Record<string, Record<string, object>> };
    Object.assign(settings.config["longhorn-s3:stores"]?.["photos"] ?? assert.fail(), { labels: { team: "storage" } });
    Object.assign(settings.config["longhorn-s3:longhorn"] ?? assert.fail(), { settings: { logLevel: "Debug" } });
    const plan = await preview(stack, settings);
    assert.deepEqual(plan.changes.sort(), [
      // Not known before the update.
      "output of longhorn-s3-sandbox: longhorn.chartVersion",
      "output of longhorn: chartVersion",
      "update longhorn-release: values.defaultSettings.logLevel",
      "update photos-gateway-credentials: metadata.labels.team",
      "update photos-gateway-data: metadata.labels.team",
      "update photos-gateway-deployment: metadata.labels.team, spec.template.metadata.labels.team",
      "update photos-gateway-image: metadata.labels.team, spec.template.metadata.labels.team",
      "update photos-gateway-service: metadata.labels.team",
    ]);
  });
});

const renamedOf = (stack: RecordedStack): RenamedSettings => renamedSettings(stack.kind, readSettings(stack));

function urnsOf({ stateFile }: RecordedStack): string[] {
  const { deployment } = JSON.parse(readFileSync(stateFile, "utf8")) as {
    deployment: { resources: { urn: string }[] };
  };
  return deployment.resources.map(({ urn }) => urn);
}
