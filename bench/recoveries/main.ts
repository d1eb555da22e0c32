import { appendFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { openBed } from "./bed";
import { recoveryCaseNames, type RecoveryCaseName } from "./cases";
import { measureRecovery, type MeasuredRun } from "./measured-run";

const usage = `npm run recoveries -- --bed CASE=RUNS [--bed CASE=RUNS …] --out FILE.jsonl

Kills the node of a store's gateway again and again on sandboxes with Kubernetes' own timing constants, side by side, each
at a random moment, while a client writes; one line of JSON for each recovery.

  --bed CASE=RUNS  a sandbox of its own for so many runs of ${recoveryCaseNames.join(", ")}
  --profile NAME   production (default) or fast; recovery times under fast are never those of a real cluster
  --out FILE       where the lines are appended`;

interface BedOrder {
  caseName: RecoveryCaseName;
  runs: number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      bed: { type: "string", multiple: true },
      profile: { type: "string", default: "production" },
      out: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const { out, profile } = values;
  const orders = (values.bed ?? []).map(bedOrder);
  if (values.help || out === undefined || orders.length === 0) return console.log(usage);
  if (profile !== "production" && profile !== "fast") throw new Error(`--profile is "${profile}": production or fast`);

  const beds: Promise<number>[] = [];
  for (const [index, order] of orders.entries()) {
    // One after the other: several starts at once take longer than they would in turn.
    const bed = await openBed(order.caseName, profile);
    console.error(`bed ${index}: ${order.caseName}, ${order.runs} runs …`);
    const append = (run: Omit<MeasuredRun, "bed" | "beds">): void => {
      appendFileSync(out, `${JSON.stringify({ ...run, bed: index, beds: orders.length })}\n`);
      console.error(`bed ${index}: ${run.case}, ready after ${run.stages["ready"]?.toFixed(1) ?? "never"} s`);
    };
    beds.push(runBed(bed, order, append, (text) => console.error(`bed ${index}: ${text}`)).finally(() => bed.remove()));
  }
  const broken = (await Promise.all(beds)).reduce((sum, count) => sum + count, 0);
  if (broken > 0) process.exitCode = 1;
}

/** How many runs gave no result. */
async function runBed(
  bed: Awaited<ReturnType<typeof openBed>>,
  { runs }: BedOrder,
  measured: (run: Omit<MeasuredRun, "bed" | "beds">) => void,
  say: (text: string) => void,
): Promise<number> {
  let broken = 0;
  for (let number = 1; number <= runs; number++) {
    try {
      measured(await measureRecovery(bed, number));
    } catch (error) {
      broken++;
      say(`run ${number} broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
  return broken;
}

function bedOrder(text: string): BedOrder {
  const [name, count = ""] = text.split("=");
  const caseName = recoveryCaseNames.find((known) => known === name);
  if (caseName === undefined || !/^[1-9]\d*$/.test(count)) {
    throw new Error(
      `--bed is "${text}": it has to be one of ${recoveryCaseNames.join(", ")}, "=" and a number of runs`,
    );
  }
  return { caseName, runs: Number(count) };
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
});
