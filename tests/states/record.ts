// Deploys the configurations in the folder of a version with the program that is checked out, each on a sandbox of its own, and
// writes the states beside them: node -r ts-node/register/transpile-only tests/states/record.ts VERSION [STACK…]
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureToolchain } from "../../sandbox/toolchain";
import { languageHosts } from "../../sandbox/toolchain/language-hosts";
import { startTestSandbox } from "../../testbed/test-sandbox";
import { kubeConfigOf } from "../../tool/cluster/connection";
import { createFencingDefinitions } from "./fencing-definitions";
import { writeProject } from "./project";
import { readSettings, recordedStacks, withoutFolder, type RecordedStack } from "./recorded-stack";

/** What a state says of times, of lines of code and of who has set which field: it is long, and no preview looks at it. */
const leftOut = ["created", "modified", "time", "sourcePosition", "stackTrace", "managedFields"];

/** Secrets are in the clear, since there are paths among them; they are of a sandbox that is gone. */
const exportState = ["stack", "export", "--show-secrets"];

async function record(stack: RecordedStack, binDirectory: string): Promise<void> {
  const { sandbox, parent, remove } = await startTestSandbox();
  try {
    await createFencingDefinitions(kubeConfigOf({ kubeconfig: sandbox.kubeconfig }));
    const { folder, pulumi } = writeProject(stack, readSettings(stack), {
      directory: join(parent, "recorded"),
      kubeconfig: readFileSync(sandbox.kubeconfig, "utf8"),
      chart: sandbox.chart,
      binDirectory,
    });
    await pulumi("stack", "init");
    await pulumi("up", "--yes", "--skip-preview");
    writeFileSync(stack.stateFile, withoutFolder(slim(await pulumi(...exportState)), folder));
  } finally {
    await remove();
  }
}

/** A line for each resource. */
function slim(text: string): string {
  const state = JSON.parse(text, (key, value: unknown) => (leftOut.includes(key) ? undefined : value)) as ExportedState;
  const resources = state.deployment.resources.map((resource) => JSON.stringify(resource)).join(",\n");
  const rest = JSON.stringify({ ...state, deployment: { ...state.deployment, resources: [] } });
  return `${rest.replace('"resources":[]', () => `"resources":[\n${resources}\n]`)}\n`;
}

interface ExportedState {
  deployment: { resources: object[] };
}

async function main(version = "", ...names: string[]): Promise<void> {
  const toolchains = [await ensureToolchain(), await ensureToolchain({ definition: languageHosts })];
  const binDirectory = toolchains.map((one) => one.binDirectory).join(":");
  for (const stack of recordedStacks(version).filter(({ name }) => names.length === 0 || names.includes(name))) {
    console.log(`${stack.kind}/${stack.name}`);
    await record(stack, binDirectory);
  }
}

void main(...process.argv.slice(2));
