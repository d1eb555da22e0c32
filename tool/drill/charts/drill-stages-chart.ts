import type { StageOverRuns } from "../stages-over-runs";
import { axisStyle, gridStyle, pageChart, type ChartWidth, type ChartWords } from "../../charts/page-chart";
import { pageColours } from "../../charts/page-colours";
import { spans, type Span } from "./spans";

/** The stages as a Gantt chart: what each took, beside when the model says that it is reached. */
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
        ...{ name: "each run", type: "scatter", silent: true, symbol: "circle", symbolSize: 6, symbolOffset: [0, -7] },
        itemStyle: { color: pageColours.ink },
        data: stages.flatMap(({ measured: runs }, row) =>
          runs.length < 2 ? [] : runs.map((seconds) => [seconds, row]),
        ),
      },
    ],
  });
}
