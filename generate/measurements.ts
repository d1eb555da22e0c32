import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { recoveryCaseNames } from "../bench/recoveries/cases";
import { compare, stageMedian, type Comparison } from "../bench/recoveries/comparison";
import type { MeasuredRun } from "../bench/recoveries/measured-run";
import { measuredChart } from "../tool/charts/measured-chart";
import { stageMeanings } from "../tool/cluster/failover-watch/stages";
import { dateRange } from "./date-range";
import { drillMeasurements } from "./drill-measurements";
import { repositoryDirectory, type GeneratedFile } from "./file";

const dataPath = "docs/measurements/node-failures.jsonl";

/** Returns the page on measured and predicted recoveries. */
export function measurements(): GeneratedFile[] {
  const runs = measuredRuns();
  const drills = drillMeasurements();
  const comparisons = recoveryCaseNames.map((name) => compare(name, runsOf(runs, name)));
  const text = `# Measured recoveries

\`npm run recoveries\` repeatedly kills the node of a store's gateway at a random time, on sandboxes with Kubernetes' default timing
constants, while a client writes ten times per second. Each line of \`${dataPath.replace("docs/", "")}\` is one recovery with all observed
changes. This page is generated from that file (\`npm run generate\`).

**Real components**: control plane, kubelet code, CSI sidecars (Kubernetes 1.36) and Longhorn's control code (1.12.0).
**Simulated**: the time to attach (5 to 15 s) and detach (2 to 28 s) a volume, with the same ranges as in the model; the data of the volume; the
S3 server, which is not s3gw. The measurements therefore cover the waits of Kubernetes and Longhorn, but not disks.

Measured ${dateRange(runs.map(({ killedAt }) => killedAt))}, on two cores. One of the \`out-of-service\` runs is from a trial with four other sandboxes.

\`\`\`sh check
npm run recoveries -- --bed assume-dead-rwo=15 --bed assume-dead-rwop=15 --bed assume-dead-rwo=15 --bed assume-dead-rwop=15 --out FILE
npm run recoveries -- --bed out-of-service=11 --bed out-of-service=11 --out FILE
npm run recoveries -- --bed assume-dead-rwo=5 --bed assume-dead-rwo=5 --out FILE
npm run recoveries -- --bed assume-dead-rwo=24 --out FILE
npm run recoveries -- --bed assume-dead-rwo=9 --bed assume-dead-rwo=9 --out FILE
\`\`\`

## Predicted and measured times

Seconds from the failure of the node to the first successful request. The interval is the 95 % confidence interval of the measured median
(bootstrap).

| Case | Runs | Measured: median | Range | Interval | Predicted p50 | Within |
| --- | --- | --- | --- | --- | --- | --- |
${comparisons.map(row).join("\n")}

Lost or corrupt objects in all ${runs.length} runs: ${runs.reduce((sum, { lost, corrupt }) => sum + lost + corrupt, 0)} of ${runs.reduce((sum, { acknowledged }) => sum + acknowledged, 0)} acknowledged objects.

![Measured recoveries with the predicted p50 and p95](measurements.svg)

## Parallel sandboxes

The same runs by the number of parallel sandboxes, on a machine with two cores. Runs with ReadWriteOnce on five sandboxes were slower than those
on one or two, for an unknown reason: other work kept the machine even busier during the runs on a single sandbox (\`load\` in the data is its
load average at each failure).

| Case | Sandboxes | Runs | Median | Interval | Predicted p50 | Within |
| --- | --- | --- | --- | --- | --- | --- |
${bedsTable(runs)}

## Stage by stage

Median seconds after the failure of the node.

| Stage | ${recoveryCaseNames.join(" | ")} |
| --- | ${recoveryCaseNames.map(() => "---").join(" | ")} |
${stageTable(runs)}

${drills.section}`;
  const rows = comparisons.map(({ case: name, predicted, predictedP95 }) => ({
    name,
    seconds: runsOf(runs, name).flatMap(({ stages }) => stages["firstAnswer"] ?? []),
    predicted: { p50: predicted, p95: predictedP95 },
  }));
  const plot = measuredChart(rows, "Node failure on the sandbox, from the failure to the first successful request");
  return [{ path: "docs/measurements.md", text }, { path: "docs/measurements.svg", text: `${plot}\n` }, ...drills.plot];
}

function measuredRuns(): MeasuredRun[] {
  const file = join(repositoryDirectory, dataPath);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").trim().split("\n");
  return lines.map((line) => JSON.parse(line) as MeasuredRun);
}

function runsOf(runs: readonly MeasuredRun[], name: string): MeasuredRun[] {
  return runs.filter((run) => run.case === name);
}

function row({ case: name, runs, measured, interval, predicted, agrees }: Comparison): string {
  const { minimum, median, maximum } = measured;
  const cells = [
    ...[name, String(runs), `${median.toFixed(1)} s`, `${minimum.toFixed(0)} to ${maximum.toFixed(0)} s`],
    ...[
      `${interval.map((bound) => bound.toFixed(1)).join(" to ")} s`,
      `${predicted.toFixed(1)} s`,
      agrees ? "yes" : "**no**",
    ],
  ];
  return `| ${cells.join(" | ")} |`;
}

/**
 * Returns the table by the number of sandboxes. One and two sandboxes are one group, because each alone is too small for an
 * interval.
 */
function bedsTable(runs: readonly MeasuredRun[]): string {
  const groups: [label: string, has: (run: MeasuredRun) => boolean][] = [
    ["1 or 2", ({ beds }) => beds <= 2],
    ["3 or more", ({ beds }) => beds > 2],
  ];
  return recoveryCaseNames
    .flatMap((name) =>
      groups.flatMap(([label, has]) => {
        const group = runsOf(runs, name).filter(has);
        if (group.length === 0) return [];
        const { measured, interval, predicted, agrees } = compare(name, group);
        const bounds = interval.map((bound) => bound.toFixed(1)).join(" to ");
        const numbers = [`${measured.median.toFixed(1)} s`, `${bounds} s`, `${predicted.toFixed(1)} s`];
        return [`| ${[name, label, String(group.length), ...numbers, agrees ? "yes" : "**no**"].join(" | ")} |`];
      }),
    )
    .join("\n");
}

function stageTable(runs: readonly MeasuredRun[]): string {
  return Object.entries(stageMeanings)
    .flatMap(([stage, meaning]) => {
      const medians = recoveryCaseNames.map((name) => stageMedian(runsOf(runs, name), stage)?.toFixed(1) ?? "");
      return medians.every((text) => text === "") ? [] : [`| ${[meaning, ...medians].join(" | ")} |`];
    })
    .join("\n");
}
