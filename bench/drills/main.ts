import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { DrillCase } from "../../tool/drill/cases";
import { drill } from "../../tool/drill/drill";
import { sandboxTarget } from "../../tool/drill/target";
import { lines } from "../../tool/terminal/progress";
import type { Bed } from "../recoveries/bed";
import { eachRun, runBeds, type BedTools } from "../run-beds";
import { keptRun } from "./drilled-run";
import { deployRival } from "./rival";

const usage = `npm run drills -- --bed STORE:CASE[/METHOD]=RUNS[,CASE=RUNS …] [--bed …] --out FILE.jsonl

Drills stores on parallel sandboxes with Kubernetes' default timing constants. Writes one line of JSON per run.

  --bed     separate sandbox; STORE is assume-dead (moves by itself), wait (stays with its node), chart-defaults (what the s3gw
            chart's default values make, with Longhorn's defaults) or policy-alone (the same, and Longhorn's policy deletes pods);
            CASE is one of ${Object.values(DrillCase).join(", ")}
  --profile production (default) or fast; times under fast are never those of a real cluster
  --out     file to append the lines to`;

/** Sandbox of each store, and whether the store is the rival. */
const stores = {
  "assume-dead": { bed: "assume-dead-rwop", isRival: false },
  wait: { bed: "out-of-service", isRival: false },
  "chart-defaults": { bed: "out-of-service", isRival: true },
  "policy-alone": { bed: "assume-dead-rwop", isRival: true },
} as const;

interface BedOrder {
  store: keyof typeof stores;
  series: { drillCase: DrillCase; method?: string; runs: number }[];
}

/** @returns the number of runs without a result */
async function measureSeries({ sandbox }: Bed, { series, store }: BedOrder, { place, say, keep }: BedTools) {
  const target = await (stores[store].isRival ? deployRival(sandbox) : sandboxTarget(sandbox, {}));
  const directory = mkdtempSync(join(tmpdir(), "longhorn-s3-drills-"));
  let broken = 0;
  for (const { drillCase, method, runs } of series) {
    // One drill per run, so that a failure does not affect the others.
    broken += await eachRun(runs, say, async (number) => {
      const { runs: drilled, ...report } = await drill({
        ...{ case: drillCase, method, target, directory, repeat: 1, criteria: [], putsPerSecond: 10, kills: 3 },
        ...{ awaySeconds: 90, productionAllowed: false, progress: lines(() => undefined) },
        signal: new AbortController().signal,
      });
      const load = Number(loadavg()[0]?.toFixed(1));
      for (const run of drilled) keep(keptRun(run, report, { ...place, load, store }));
      const seconds = drilled[0]?.recoverySeconds?.toFixed(1) ?? "-";
      say(`${drillCase} ${number}/${runs}: ${seconds} s; ${report.shortfalls.join("; ")}`);
    });
  }
  rmSync(directory, { recursive: true });
  return broken;
}

function orderOf(text: string): BedOrder {
  const [store = "", list = ""] = text.split(":");
  const series = list.split(",").map((part) => {
    const [, name, method, runs] = /^([a-z-]+)(?:\/([a-z-]+))?=([1-9]\d*)$/.exec(part) ?? [];
    const drillCase = Object.values(DrillCase).find((known) => known === name);
    if (drillCase === undefined) throw new Error(`--bed is "${text}": "${part}" is not CASE[/METHOD]=RUNS`);
    return { drillCase, ...(method !== undefined && { method }), runs: Number(runs) };
  });
  if (!(store in stores))
    throw new Error(`--bed is "${text}": expected ${Object.keys(stores).join(": or ")}: at the start`);
  return { store: store as keyof typeof stores, series };
}

runBeds<BedOrder>({ usage, orderOf, caseOf: ({ store }) => stores[store].bed, measure: measureSeries });
