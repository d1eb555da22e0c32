import type { DrillRun, PredictedOutage } from "../report";
import { axisStyle, gridStyle, pageChart, type ChartWidth, type ChartWords } from "../../charts/page-chart";
import { pageColours } from "../../charts/page-colours";

/** Returns a chart with the recovery and the outage of each run as points, and the predicted p50 and p95 as lines. */
export function repeatsChart(
  runs: readonly DrillRun[],
  predicted: PredictedOutage,
  words: ChartWords,
  width: ChartWidth,
): string {
  const lines = "p50" in predicted ? [predicted.p50, predicted.p95] : [];
  const axis = axisStyle();
  return pageChart(words, width, 190, {
    grid: gridStyle(8),
    xAxis: {
      type: "value",
      min: 0,
      ...axis,
      axisLine: { onZero: false, lineStyle: { color: pageColours.muted } },
      axisLabel: { ...axis.axisLabel, formatter: "{value} s", hideOverlap: true },
    },
    // The words are on an axis of their own; the points, which lie beside each other within a row, on one of numbers over it.
    yAxis: [
      { type: "category", inverse: true, data: ["recovery", "outage"], ...axisStyle(false) },
      { type: "value", min: -0.5, max: 1.5, inverse: true, show: false },
    ],
    series: [
      {
        ...points("measured", pageColours.measured, "circle", 9),
        data: [
          ...runs.flatMap(({ recoverySeconds }, index) => pointOf(recoverySeconds, 0, index, runs.length)),
          ...runs.flatMap(({ outageSeconds }, index) => pointOf(outageSeconds, 1, index, runs.length)),
        ],
      },
      { ...points("predicted", pageColours.predicted, "rect", [4, 60]), data: lines.map((seconds) => [seconds, 0]) },
    ],
  });
}

/** Spreads the points of a row from top to bottom in the order of their measurement, so that none hides another. */
function pointOf(seconds: number | undefined, row: number, index: number, runs: number): [number, number][] {
  return seconds === undefined ? [] : [[seconds, row - 0.3 + (0.6 * index) / Math.max(1, runs - 1)]];
}

function points(name: string, color: string, symbol: string, symbolSize: number | number[]) {
  return { name, type: "scatter", yAxisIndex: 1, silent: true, symbol, symbolSize, itemStyle: { color, opacity: 1 } };
}
