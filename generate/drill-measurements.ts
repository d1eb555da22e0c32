import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { simulatedSeconds, type DrilledRun } from "../bench/drills/drilled-run";
import { measuredChart, type MeasuredCase } from "../tool/charts/measured-chart";
import { median } from "../tool/drill/statistics";
import { dateRange } from "./date-range";
import { repositoryDirectory, type GeneratedFile } from "./file";

const dataPath = "docs/measurements/drills.jsonl";

type Run = DrilledRun & { lost: number };

/** What the drills have measured: a section of the page on measurements, and its plot. */
export function drillMeasurements(): { section: string; plot: GeneratedFile[] } {
  const runs = readRuns();
  if (runs.length === 0) return { section: "", plot: [] };
  const groups = groupsOf(runs);
  const section = `## Drills

\`npm run drills\` runs \`longhorn-s3 drill\` again and again on sandboxes with Kubernetes' own timing constants, at most ${Math.max(...runs.map(({ beds }) => beds))} side by side.
Each line of \`${dataPath.replace("docs/", "")}\` is one run. Seconds are those from the fault to the first answer after which no request failed; a node
that is cut off and whose store waits is away as long as the drill keeps it away. Measured ${dateRange(runs.map(({ faultAt }) => faultAt))}.

\`\`\`sh
npm run drills -- --bed STORE:CASE/METHOD=RUNS[,CASE/METHOD=RUNS …] [--bed …] --out FILE
npm run drills -- --bed wait:fence=11 --bed wait:fence=11 --out FILE       # such as the last of the fences
\`\`\`

| Failure | Store | Runs | Median | Range | Predicted p50 | Lost | Two that wrote |
| --- | --- | --- | --- | --- | --- | --- | --- |
${groups.map(([name, group]) => groupRow(name, group)).join("\n")}

![Every measured recovery of the drills beside the predicted p50 and p95](drills.svg)

**Rivals**, on the same sandboxes: \`chart-defaults\` is what the s3gw chart's default values make, with Longhorn's defaults. Nothing moves it from a dead node, so that
its recovery is measured from the node's return, after 90 s. \`policy-alone\` is the same with Longhorn's policy, and waits for the 300 s after which Kubernetes
evicts a pod that says nothing about silent nodes. A process that is killed is back as soon as ours.

${nodeFailureText(runs)}

${partitionText(runs)}

${fenceText(runs)}

Nothing of this says anything about s3gw or about disks: that none was lost shows that the hand-over of a volume works.
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

/** The model has become better between the series. */
function latestPrediction(runs: readonly Run[]): Run["predicted"] | undefined {
  return runs.at(-1)?.predicted;
}

function predictedText(predicted: DrilledRun["predicted"]): string {
  if ("p50" in predicted) return `${predicted.p50.toFixed(1)} s`;
  return "never" in predicted ? "never by itself" : "–";
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

/** What a busy machine says nothing about. */
function nodeFailureText(runs: readonly Run[]): string {
  const ours = runs.filter((run) => run.case === "node-failure" && run.store === "assume-dead");
  const busy = ours.filter(({ load }) => load > calmLoad).length;
  const overlapping = ours.filter(({ overlaps }) => overlaps.some(({ who }) => who.length > 1)).length;
  const acknowledged = sum(ours, ({ ledger }) => ledger.acknowledged);
  return `**Node failures** under \`AssumeDead\`: of ${acknowledged} acknowledged writes ${sum(ours, ({ lost }) => lost)} are lost, and in ${overlapping} of ${ours.length} runs two could write at once. ${busy} of
them were made while builds and tests kept the load average above ${calmLoad}, on two cores: their seconds are those of a busy machine, and the ones above, measured by
\`npm run recoveries\`, are the ones to go by.`;
}

function partitionText(runs: readonly Run[]): string {
  const of = (decision: string): string => {
    const cutOff = runs.filter((run) => run.case === "partition" && run.onNodeFailure === decision);
    const isolated = cutOff.flatMap(({ ledger }) => ledger.isolated ?? []);
    const acknowledged = isolated.reduce((all, one) => all + one.acknowledged, 0);
    const lost = isolated.reduce((all, one) => all + one.lost, 0);
    const exact = isolated.filter(({ asExpected }) => asExpected).length;
    return `under \`${decision}\` the cut-off gateways acknowledged ${acknowledged} writes (runs: ${cutOff.length}), of which ${lost} are lost; as expected in ${exact} of ${cutOff.length}`;
  };
  return `**Nodes that are cut off**: ${of("AssumeDead")}. ${capital(of("Wait"))}. A write between the beginning and the end of the cut, and one of a
client that keeps its connections, may be on either side.`;
}

/** What fencing itself costs: the rest of the recovery is the detection of the dead node before, and the simulated volume. */
function fenceText(runs: readonly Run[]): string {
  const fenced = runs.filter((run) => run.case === "fence");
  const seconds = fenced.flatMap(fencingSeconds);
  if (seconds.length === 0) return "";
  const calm = fenced.filter(({ load }) => load <= calmLoad).flatMap(fencingSeconds);
  const [middle, longest] = [median(seconds), Math.max(...seconds)];
  return `**Fence**: from the out-of-service taint to the ready pod, without the time in which the simulated volume was detaching and attaching:
median ${middle.toFixed(1)} s (aimed at: 8 s or less${missed(middle > 8)}), at most ${longest.toFixed(1)} s (20 s${missed(longest > 20)}), over ${seconds.length} runs. In the ${calm.length} of them at whose end the
machine's load average was ${calmLoad} or less, on two cores: ${median(calm).toFixed(1)} s, at most ${Math.max(...calm).toFixed(1)} s; the others shared it with builds and tests. Before \`fence\` kept the
new pod back until the volume was detached, it was 41.8 s and 48.5 s in six runs: Kubernetes' attach-detach controller tried while the volume was
detaching, and looked again only after up to half a minute.`;
}

/** Above it a machine of two cores has too little time for what is measured. */
const calmLoad = 16;

function fencingSeconds({ stages, volume }: Run): number[] {
  const at = (name: string): number | undefined => stages.find(({ stage }) => stage === name)?.seconds;
  const [taint, ready] = [at("fenced"), at("ready")];
  if (taint === undefined || ready === undefined) return [];
  return [ready - taint - simulatedSeconds(volume, taint, ready)];
}

function missed(isMissed: boolean): string {
  return isMissed ? ", which is missed" : "";
}

function sum(runs: readonly Run[], count: (run: Run) => number): number {
  return runs.reduce((all, run) => all + count(run), 0);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
