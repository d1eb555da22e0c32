import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureToolchain } from "../sandbox/toolchain";
import { repositoryDirectory } from "../tool/repository";
import { freshCommand, timeWithoutCluster } from "./fresh-command";
import { runInterruptible, say, roundsOf } from "./benchmark";
import { profiled } from "./profiled";
import { programStart } from "./program-start";
import { Sampler } from "./sampler";
import { withSandbox } from "./sessions";
import { openStoreStack, type BenchStack } from "./stack";
import { stagesOf } from "./stages";
import { briefReport, startsReport } from "./starts-report";
import { timed, type Command } from "./timed-command";

const usage = `npm run bench:starts -- [--rounds N] [--json FILE] [--brief]

Measures startup times: the start of the program in a preview, and \`longhorn-s3 status\`, on a sandbox with one
store, with a CPU profile by package.

  --rounds N   number of runs of each (default 5)
  --json FILE  write all measurements as JSON
  --brief      only measure without a cluster: \`--help\`, and the first \`status\` after an installation`;

async function main(signal: AbortSignal): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "5" },
      json: { type: "string" },
      brief: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(usage);
  const rounds = roundsOf(values.rounds);
  const sampler = new Sampler(say);
  await timeWithoutCluster(sampler, rounds);
  if (values.brief) return console.log(briefReport(sampler.samples));
  await ensureToolchain({ signal });
  const profiles = await withSandbox({ sampler, signal }, async (sandbox) => {
    const stack = await openStoreStack(sandbox, signal);
    await sampler.during("one store", () => stack.up());
    const statusOfStack = toolCommand(stack, "status", "--stack", "sandbox", "--cwd", stack.projectDirectory);
    const statusOfCluster = toolCommand(stack, "status", "--kubeconfig", sandbox.kubeconfig);
    for (let round = 0; round < rounds; round++) {
      const { events, seconds } = await sampler.take("preview", () => stack.preview());
      sampler.stages(stagesOf(events, seconds).slice(0, 3));
      const { program, sdk } = await programStart(stack.preview);
      sampler.put("the program", program - sdk);
      sampler.put("Pulumi's SDK in the program", sdk);
      await firstStatus(sampler, statusOfStack, signal);
      await sampler.take("status --stack", () => timed([statusOfStack], signal));
      await sampler.take("status --context", () => timed([statusOfCluster], signal));
    }
    return {
      "the program": await profiled(stack.preview),
      "status --stack": await profiled((environment) =>
        timed([{ ...statusOfStack, env: { ...statusOfStack.env, ...environment } }], signal),
      ),
    };
  });
  const { samples, parts } = sampler;
  if (values.json !== undefined) {
    writeFileSync(values.json, `${JSON.stringify({ samples, parts, profiles }, undefined, 2)}\n`);
  }
  console.log(startsReport(samples, parts, profiles));
}

/** Measures the first call after an installation. */
async function firstStatus(sampler: Sampler, status: Command, signal: AbortSignal): Promise<void> {
  const { file, remove } = freshCommand();
  try {
    const args = [file, ...status.args.slice(1)];
    await sampler.take("status --stack, first", () => timed([{ ...status, args }], signal));
  } finally {
    remove();
  }
}

function toolCommand(stack: BenchStack, ...args: string[]): Command {
  const tool = join(repositoryDirectory, "tool", "dist", "tool", "longhorn-s3.js");
  return { program: process.execPath, args: [tool, ...args], env: stack.shell };
}

runInterruptible(main);
