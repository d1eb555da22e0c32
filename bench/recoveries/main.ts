import { eachRun, runBeds } from "../run-beds";
import { recoveryCaseNames, type RecoveryCaseName } from "./cases";
import { measureRecovery } from "./measured-run";

const usage = `npm run recoveries -- --bed CASE=RUNS [--bed CASE=RUNS …] --out FILE.jsonl

Repeatedly powers off the node of a store's gateway, on parallel sandboxes with Kubernetes' default timing constants, each
at a random time, while a client writes. Writes one line of JSON per recovery.

  --bed CASE=RUNS  separate sandbox with this number of runs of ${recoveryCaseNames.join(", ")}
  --profile NAME   production (default) or fast; recovery times under fast are never those of a real cluster
  --out FILE       file to append the lines to`;

interface BedOrder {
  caseName: RecoveryCaseName;
  runs: number;
}

function orderOf(text: string): BedOrder {
  const [name, count = ""] = text.split("=");
  const caseName = recoveryCaseNames.find((known) => known === name);
  if (caseName === undefined || !/^[1-9]\d*$/.test(count)) {
    throw new Error(`--bed is "${text}": expected one of ${recoveryCaseNames.join(", ")}, "=" and a number of runs`);
  }
  return { caseName, runs: Number(count) };
}

runBeds<BedOrder>({
  ...{ usage, orderOf, caseOf: ({ caseName }) => caseName },
  measure: (bed, { runs }, { place, say, keep }) =>
    eachRun(runs, say, async (number) => {
      const run = await measureRecovery(bed, number);
      keep({ ...run, ...place });
      say(`${number}/${runs}: ${run.case}, ready after ${run.stages["ready"]?.toFixed(1) ?? "never"} s`);
    }),
});
