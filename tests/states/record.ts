// Deploys the configurations in the folder of a version with the program that is checked out, each on a sandbox of its own or on
// that of the stack that it needs, and writes the states beside them: node -r ts-node/register/transpile-only tests/states/record.ts VERSION [STACK…]
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureToolchain } from "../../sandbox/toolchain";
import { languageHosts } from "../../sandbox/toolchain/language-hosts";
import { startTestSandbox } from "../../testbed/test-sandbox";
import { kubeConfigOf } from "../../tool/cluster/connection";
import { createFencingDefinitions } from "./fencing-definitions";
import { preparations } from "./preparations";
import { writeProject } from "./project";
import { readSettings, recordedStacks, withoutFolder, type RecordedStack } from "./recorded-stack";

/** What a state says of times, of lines of code and of who has set which field: it is long, and no preview looks at it. */
const leftOut = ["created", "modified", "time", "sourcePosition", "stackTrace", "managedFields"];

/** Secrets are in the clear, since there are paths among them; they are of a sandbox that is gone. */
const exportState = ["stack", "export", "--show-secrets"];

/** Deploys stacks to one sandbox, one after the other. */
async function record(stacks: readonly RecordedStack[], binDirectory: string): Promise<void> {
  const { sandbox, parent, remove } = await startTestSandbox();
  try {
    const config = kubeConfigOf({ kubeconfig: sandbox.kubeconfig });
    await createFencingDefinitions(config);
    for (const stack of stacks) {
      console.log(`${stack.kind}/${stack.name}`);
      await preparations[stack.name]?.prepare(config);
      const { folder, pulumi } = writeProject(stack, readSettings(stack), {
        directory: join(parent, stack.name),
        kubeconfig: readFileSync(sandbox.kubeconfig, "utf8"),
        chart: sandbox.chart,
        binDirectory,
      });
      await pulumi("stack", "init");
      await pulumi("up", "--yes", "--skip-preview");
      writeFileSync(stack.stateFile, withoutFolder(slim(await pulumi(...exportState)), folder));
    }
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
  const stacks = recordedStacks(version);
  const first = stacks.filter(({ name }) => preparations[name] === undefined);
  for (const together of first.map((stack) => withSuccessors(stack, stacks))) {
    if (names.length === 0 || together.some(({ name }) => names.includes(name))) await record(together, binDirectory);
  }
}

/** Returns a stack and those that are deployed to its cluster after it. */
function withSuccessors(stack: RecordedStack, stacks: readonly RecordedStack[]): RecordedStack[] {
  const next = stacks.filter(({ name }) => preparations[name]?.after === stack.name);
  return [stack, ...next.flatMap((one) => withSuccessors(one, stacks))];
}

void main(...process.argv.slice(2));
