import { stageExplanations, type Prediction, type RecoveryStage } from "../../../components/recovery-model";
import type { PredictedPolicy } from "./report";
import { serverChart } from "../../charts/server-charts";
/** Colors for each stage that are distinguishable with any color vision (Okabe and Ito). */
const colours: Readonly<Record<RecoveryStage, string>> = {
  nodeNotReady: "#999999",
  evicted: "#E69F00",
  attachmentDeleted: "#F0E442",
  oldPodGone: "#009E73",
  attachmentCreated: "#56B4E9",
  attached: "#0072B2",
  ready: "#D55E00",
  firstAnswer: "#CC79A7",
};

const width = 960;
const rowHeight = 46;

/** Returns an SVG with the stages of each policy's node failure as bars. A bar ends at the median time of its stage. */
export function stagesChart(policies: readonly PredictedPolicy[], title: string): string {
  const height = 150 + policies.length * rowHeight;
  const chart = serverChart(width, height);
  try {
    chart.setOption({
      animation: false,
      backgroundColor: "#ffffff",
      title: { text: title, left: 16, top: 8, textStyle: { fontSize: 15 } },
      legend: { top: 36, left: 16, right: 16, itemWidth: 14 },
      grid: { left: 16, right: 40, top: 96, bottom: 16, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      xAxis: { type: "value", name: "s", axisLabel: { formatter: "{value} s" } },
      yAxis: { type: "category", inverse: true, data: policies.map(label) },
      series: [...bars(policies), ends(policies)],
    });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

function label({ name, nodeFailure }: PredictedPolicy): string {
  return "never" in nodeFailure ? `${name}: never automatically` : name;
}

function bars(policies: readonly PredictedPolicy[]) {
  const stages = Object.keys(colours) as RecoveryStage[];
  return stages.map((stage) => ({
    name: stageExplanations[stage].meaning,
    type: "bar" as const,
    stack: "stages",
    barWidth: 18,
    itemStyle: { color: colours[stage] },
    data: policies.map(({ nodeFailure }) => durationOf(nodeFailure, stage)),
  }));
}

/** Returns the duration of a stage: the difference between the medians of its end and of the previous one. */
function durationOf(prediction: Prediction, stage: RecoveryStage): number {
  if ("never" in prediction) return 0;
  const ordered = [...prediction.stages].sort((one, other) => one.p50 - other.p50);
  const index = ordered.findIndex((one) => one.stage === stage);
  const reached = ordered[index];
  return reached === undefined ? 0 : Math.round((reached.p50 - (ordered[index - 1]?.p50 ?? 0)) * 10) / 10;
}

function ends(policies: readonly PredictedPolicy[]) {
  return {
    name: "p95",
    type: "scatter" as const,
    symbol: "diamond",
    symbolSize: 10,
    itemStyle: { color: "#000000" },
    data: policies.flatMap(({ nodeFailure }, index) => ("never" in nodeFailure ? [] : [[nodeFailure.p95, index]])),
  };
}
