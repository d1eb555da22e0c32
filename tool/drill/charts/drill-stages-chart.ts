import type { StageOverRuns } from "../summary";
import {
  axisStyle,
  gridStyle,
  pageChart,
  type ChartWidth,
  type ChartWords,
  type CustomApi,
} from "../../charts/page-chart";
import { pageColours } from "../../charts/page-colours";

/** Returns a Gantt chart of the stages: the measured time of each beside its predicted one. */
export function drillStagesChart(stages: readonly StageOverRuns[], words: ChartWords, width: ChartWidth): string {
  const wide = width === "wide";
  const measured = stages.map(({ median: to }, row): Span => [stages[row - 1]?.median ?? 0, to, row]);
  const predicted = stages.flatMap(({ predicted: range }, row): Span[] =>
    range === undefined ? [] : [[range.p50, range.p95, row]],
  );
  const axis = axisStyle();
  return pageChart(words, width, 40 + stages.length * (wide ? 40 : 52), {
    grid: gridStyle(8),
    xAxis: {
      type: "value",
      min: 0,
      splitNumber: wide ? 8 : 4,
      ...axis,
      axisLabel: { ...axis.axisLabel, formatter: "{value} s", hideOverlap: true },
    },
    yAxis: {
      type: "category",
      inverse: true,
      data: stages.map(({ meaning }) => meaning),
      ...axisStyle(false),
      axisLabel: { color: pageColours.ink, width: wide ? 240 : 104, overflow: "break" },
    },
    series: [
      spans("measured", pageColours.measured, measured, -7, 11),
      spans("predicted", pageColours.predicted, predicted, 7, 11),
      {
        name: "each run",
        type: "scatter",
        silent: true,
        symbol: "circle",
        symbolSize: 6,
        symbolOffset: [0, -7],
        itemStyle: { color: pageColours.ink },
        data: stages.flatMap(({ measured: runs }, row) =>
          runs.length < 2 ? [] : runs.map((seconds) => [seconds, row]),
        ),
      },
    ],
  });
}

/** Start and end in a row, by the row's number from the top. */
type Span = readonly [from: number, to: number, row: number];

/**
 * Returns bars with any start as one ECharts series.
 *
 * @param offset of the bar from the middle of its row, in px
 */
function spans(name: string, color: string, data: readonly Span[], offset: number, thickness: number) {
  return {
    name,
    type: "custom",
    silent: true,
    itemStyle: { color },
    encode: { x: [0, 1], y: 2 },
    data,
    renderItem: (_: unknown, api: CustomApi) => {
      const [left, middle] = api.coord([api.value(0), api.value(2)]);
      const [right] = api.coord([api.value(1), api.value(2)]);
      const shape = {
        x: left,
        y: middle + offset - thickness / 2,
        width: Math.max(2, right - left),
        height: thickness,
      };
      return { type: "rect", shape, style: { fill: color } };
    },
  };
}
