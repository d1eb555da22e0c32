import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { planRuns } from "./plan";
import { problemsOf, reportText } from "./report";
import { runAll } from "./run-all";

const usage = `npm run interruptions -- [--runs N] [--seed N] [--at-objects] [--only N,N,…] [--out FILE.json]

Kills the Pulumi CLI, the language host, the program, a provider or the API server at a random moment of up, update and
destroy, on a sandbox, and looks at what the next run makes of it.

  --runs N     how many interruptions are planned (default 48); 3 of 16 are of the whole stack, Longhorn's release included
  --seed N     what decides about all of them (default 1)
  --at-objects adds 16 runs in which the CLI or the provider dies when an object has just been made or deleted
  --only N,…   carries out these alone
  --out FILE   the results as JSON`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      runs: { type: "string", default: "48" },
      seed: { type: "string", default: "1" },
      "at-objects": { type: "boolean", default: false },
      only: { type: "string" },
      out: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(usage);
  const runs = wholeNumber("--runs", values.runs);
  const seed = wholeNumber("--seed", values.seed);
  const only = values.only?.split(",").map((number) => wholeNumber("--only", number));
  const stackRuns = Math.round((runs * 3) / 16);
  const plans = planRuns({ seed, storeRuns: runs - stackRuns, stackRuns, atObjects: values["at-objects"] });

  const results = await runAll(
    plans.filter(({ number }) => only?.includes(number) ?? true),
    {
      begun: (what) => console.error(`${what} …`),
      ended: (record, soFar) => {
        console.error(`run ${record.number}: ${problemsOf(record).join("; ") || "all held"}`);
        if (values.out !== undefined)
          writeFileSync(values.out, `${JSON.stringify({ seed, ...soFar }, undefined, 2)}\n`);
      },
    },
  );
  console.log(reportText(results.runs));
  if (results.runs.some((record) => problemsOf(record).length > 0)) process.exitCode = 1;
}

function wholeNumber(option: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new Error(`${option} is "${text}": it has to be a whole number, such as 1`);
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
});
