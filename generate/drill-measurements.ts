import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { simulatedSeconds, type DrilledRun } from "../bench/drills/drilled-run";
import { measuredChart, type MeasuredCase } from "../tool/charts/measured-chart";
import { median } from "../tool/drill/statistics";
import { dateRange } from "./date-range";
import { repositoryDirectory, type GeneratedFile } from "./file";

const dataPath = "docs/measurements/drills.jsonl";

type Run = DrilledRun & { lost: number };

/** Returns the section on drills of the page on measurements, and its plot. */
export function drillMeasurements(): { section: string; plot: GeneratedFile[] } {
  const runs = readRuns();
  if (runs.length === 0) return { section: "", plot: [] };
  const groups = groupsOf(runs);
  const section = `## Drills

\`npm run drills\` runs \`longhorn-s3 drill\` repeatedly on sandboxes with Kubernetes' default timing constants, at most ${Math.max(...runs.map(({ beds }) => beds))} in parallel.
Each line of \`${dataPath.replace("docs/", "")}\` is one run. Times are from the fault to the first successful request that no failed request follows. A store
with \`Wait\` on an isolated node is unavailable until the drill ends the partition. Measured ${dateRange(runs.map(({ faultAt }) => faultAt))}.

\`\`\`sh check
npm run drills -- --bed STORE:CASE/METHOD=RUNS[,CASE/METHOD=RUNS …] [--bed …] --out FILE
npm run drills -- --bed wait:fence=11 --bed wait:fence=11 --out FILE       # for example, the last fencing runs
\`\`\`

| Failure | Store | Runs | Median | Range | Predicted p50 | Lost | Two writers |
| --- | --- | --- | --- | --- | --- | --- | --- |
${groups.map(([name, group]) => groupRow(name, group)).join("\n")}

![Measured recoveries of the drills with the predicted p50 and p95](drills.svg)

**Baselines**, on the same sandboxes: \`chart-defaults\` is the default installation of the s3gw chart, with Longhorn's defaults. It does not fail over, so
its recovery is measured from the return of the node, after 90 s. \`policy-alone\` adds Longhorn's pod deletion policy, and waits for the 300 s after which
Kubernetes evicts a pod without tolerations for unreachable nodes. A killed process recovers as fast as with this package.

${nodeFailureText(runs)}

${partitionText(runs)}

${fenceText(runs)}

These results cover neither s3gw nor disks. That no write was lost shows that the handover of a volume works.
`;
  const plot = measuredChart(
    groups.flatMap(measuredCase),
    "Drills on the sandbox, from the fault to the first lasting answer",
  );
  return { section, plot: [{ path: "docs/drills.svg", text: `${plot}\n` }] };
}

function readRuns(): Run[] {
  const file = join(repositoryDirectory, dataPath);
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Run)
    .filter(({ profile }) => profile === "production");
}

function groupsOf(runs: readonly Run[]): [name: string, runs: Run[]][] {
  const groups = new Map<string, Run[]>();
  for (const run of runs) {
    const name = `${run.case}, ${run.method} | ${run.store}, ${run.accessMode}`;
    groups.set(name, [...(groups.get(name) ?? []), run]);
  }
  return [...groups].sort(([one], [other]) => one.localeCompare(other));
}

function groupRow(name: string, runs: readonly Run[]): string {
  const seconds = recoveries(runs);
  const predicted = latestPrediction(runs);
  const p50 = predicted === undefined ? "–" : predictedText(predicted);
  const cells = [
    String(runs.length),
    ...(seconds.length === 0
      ? ["–", "–"]
      : [
          `${median(seconds).toFixed(1)} s`,
          `${Math.min(...seconds).toFixed(1)} to ${Math.max(...seconds).toFixed(1)} s`,
        ]),
    p50,
    String(sum(runs, ({ lost }) => lost)),
    `${runs.filter(({ overlaps }) => overlaps.some(({ who }) => who.length > 1)).length} runs`,
  ];
  return `| ${[name, ...cells].join(" | ")} |`;
}

/** Returns the prediction of the last run, because the model was improved between the series. */
function latestPrediction(runs: readonly Run[]): Run["predicted"] | undefined {
  return runs.at(-1)?.predicted;
}

function predictedText(predicted: DrilledRun["predicted"]): string {
  if ("p50" in predicted) return `${predicted.p50.toFixed(1)} s`;
  return "never" in predicted ? "no automatic recovery" : "–";
}

function measuredCase([name, runs]: [string, Run[]]): MeasuredCase[] {
  const predicted = latestPrediction(runs);
  const seconds = recoveries(runs);
  if (predicted === undefined || !("p50" in predicted) || seconds.length === 0) return [];
  return [{ name: name.replace(" | ", ", ").replace(/, ReadWriteOnce(?:Pod)?$/, ""), seconds, predicted }];
}

function recoveries(runs: readonly Run[]): number[] {
  return runs.flatMap(({ recoverySeconds }) => recoverySeconds ?? []);
}

/** Returns the results that do not depend on the load of the machine. */
function nodeFailureText(runs: readonly Run[]): string {
  const ours = runs.filter((run) => run.case === "node-failure" && run.store === "assume-dead");
  const busy = ours.filter(({ load }) => load > calmLoad).length;
  const overlapping = ours.filter(({ overlaps }) => overlaps.some(({ who }) => who.length > 1)).length;
  const acknowledged = sum(ours, ({ ledger }) => ledger.acknowledged);
  return `**Node failures** under \`AssumeDead\`: of ${acknowledged} acknowledged writes ${sum(ours, ({ lost }) => lost)} were lost, and in ${overlapping} of ${ours.length} runs there could be two writers. During ${busy} of
the runs, builds and tests kept the load average above ${calmLoad} on two cores. Their times are those of a busy machine: use the times of
\`npm run recoveries\` above instead.`;
}

function partitionText(runs: readonly Run[]): string {
  const of = (decision: string): string => {
    const cutOff = runs.filter((run) => run.case === "partition" && run.onNodeFailure === decision);
    const isolated = cutOff.flatMap(({ ledger }) => ledger.isolated ?? []);
    const acknowledged = isolated.reduce((all, one) => all + one.acknowledged, 0);
    const lost = isolated.reduce((all, one) => all + one.lost, 0);
    const exact = isolated.filter(({ asExpected }) => asExpected).length;
    return `with \`${decision}\`, the isolated gateways acknowledged ${acknowledged} writes (runs: ${cutOff.length}), of which ${lost} were lost; as expected in ${exact} of ${cutOff.length}`;
  };
  return `**Partitions**: ${of("AssumeDead")}. ${capital(of("Wait"))}. Writes at the beginning or the end of the partition, and writes
of clients with open connections, may be on either side.`;
}

/** Returns the time of fencing itself. The rest of a recovery is the detection of the failed node, and the simulated volume. */
function fenceText(runs: readonly Run[]): string {
  const fenced = runs.filter((run) => run.case === "fence");
  const seconds = fenced.flatMap(fencingSeconds);
  if (seconds.length === 0) return "";
  const calm = fenced.filter(({ load }) => load <= calmLoad).flatMap(fencingSeconds);
  const [middle, longest] = [median(seconds), Math.max(...seconds)];
  return `**Fence**: from the out-of-service taint to the ready pod, without the simulated detach and attach of the volume:
median ${middle.toFixed(1)} s (target: at most 8 s${missed(middle > 8)}), maximum ${longest.toFixed(1)} s (target: at most 20 s${missed(longest > 20)}), in ${seconds.length} runs. In the ${calm.length} runs with a load
average of at most ${calmLoad} at their end, on two cores: median ${median(calm).toFixed(1)} s, maximum ${Math.max(...calm).toFixed(1)} s; the others shared the machine with builds and tests.
Before \`fence\` delayed the new pod until the volume was detached, the median and maximum of six runs were 41.8 s and 48.5 s: Kubernetes'
attach-detach controller tried to attach too early, and retried only after up to 30 s.`;
}

/** Maximum load average at which a machine with two cores gives reliable measurements. */
const calmLoad = 16;

function fencingSeconds({ stages, volume }: Run): number[] {
  const at = (name: string): number | undefined => stages.find(({ stage }) => stage === name)?.seconds;
  const [taint, ready] = [at("fenced"), at("ready")];
  if (taint === undefined || ready === undefined) return [];
  return [ready - taint - simulatedSeconds(volume, taint, ready)];
}

function missed(isMissed: boolean): string {
  return isMissed ? ", missed" : "";
}

function sum(runs: readonly Run[], count: (run: Run) => number): number {
  return runs.reduce((all, run) => all + count(run), 0);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
