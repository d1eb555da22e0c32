import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { ensureToolchain } from "../sandbox/toolchain";
import { runInterruptible, say, roundsOf } from "./benchmark";
import { ensurePrograms } from "./programs";
import { reportText } from "./report";
import type { RivalPlan } from "./rival/plan";
import { Sampler } from "./sampler";
import { ownSession, rivalSession } from "./sessions";

const usage = `npm run bench -- [--rounds N] [--json FILE]

Compares pulumi on one store with Helm and kubectl on the same objects, on sandboxes, and splits the time into parts.

  --rounds N   number of sandboxes for each side (default 3)
  --json FILE  write all measurements as JSON`;

async function main(signal: AbortSignal): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: "string", default: "3" },
      json: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(usage);
  const rounds = roundsOf(values.rounds);
  const onProgress = ({ binary, state }: { binary: string; state: string }): void => {
    if (state !== "looking for") say(`${state} ${binary} …`);
  };
  await ensureToolchain({ signal, onProgress });
  const { versions, ...programs } = await ensurePrograms(signal, onProgress);

  const sampler = new Sampler(say);
  const options = { sampler, programs, signal };
  let plan: RivalPlan | undefined;
  for (let round = 1; round <= rounds; round++) {
    say(`round ${round} of ${rounds}`);
    // The first session is Pulumi's, because the rival's plan is derived from it. The order alternates in later rounds.
    if (round % 2 === 0 && plan !== undefined) await rivalSession(plan, options);
    plan = await ownSession(options);
    if (round % 2 === 1) await rivalSession(plan, options);
  }

  const { samples, parts, failures } = sampler;
  const result = { rounds, samples, parts, failures, versions };
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(result, undefined, 2)}\n`);
  console.log(reportText(result));
}

runInterruptible(main);
