import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { ensureToolchain } from "../../sandbox/toolchain";
import { languageHosts } from "../../sandbox/toolchain/language-hosts";
import { repositoryDirectory } from "../../tool/repository";
import { planOf, type Plan } from "../states/planned-changes";
import { writeProject } from "../states/project";
import { atFolder, readSettings, recordedStacks, type RecordedStack, type Settings } from "../states/recorded-stack";
import { formerNames, renamedSettings, type RenamedSettings } from "../states/renamed-settings";

/** The version that has deployed the stacks. */
const version = "0.1.0";

/**
 * What today's version changes about them, each with its reason. What restarts something has its line in the changelog's table
 * as well.
 */
const expectedChanges: readonly { change: RegExp; reason: string }[] = [];

/** Inputs with a new name that none of the stacks has, and why. */
const notRecorded: Readonly<Record<string, string>> = {
  credentials: "the program reads the Secret, which a preview without a cluster cannot",
  imageChange: "what is in it has new names of its own",
  "imageChange.snapshot": "the program reads which volume the claim has",
};

/** Nobody answers there: the provider tells what has changed from the state alone. Without a token it would ask for a user. */
const kubeconfig = JSON.stringify({
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

  before(async () => {
    const toolchains = [await ensureToolchain(), await ensureToolchain({ definition: languageHosts })];
    binDirectory = toolchains.map((one) => one.binDirectory).join(":");
  });
  after(() => rmSync(parent, { recursive: true }));

  async function preview(stack: RecordedStack, settings: Settings): Promise<Plan> {
    const directory = mkdtempSync(join(parent, "stack-"));
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
    it(`${stack.kind}/${stack.name} has nothing to change once its keys are renamed`, async () => {
      const plan = await preview(stack, renamedOf(stack).settings);
      changes.push(...plan.changes);
      const isExpected = (line: string): boolean => expectedChanges.some(({ change }) => change.test(line));
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
    const idle = expectedChanges.filter(({ change }) => !changes.some((line) => change.test(line)));
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
