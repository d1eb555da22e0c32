import { serverChart } from "./server-charts";

/** Measured recoveries of one case and its prediction, in seconds after the fault. */
export interface MeasuredCase {
  name: string;
  seconds: readonly number[];
  predicted: { p50: number; p95: number };
}

const width = 960;
const rowHeight = 70;

/** Returns an SVG with every measured recovery as a point, and the predicted p50 and p95 as lines through the row. */
export function measuredChart(cases: readonly MeasuredCase[], title: string): string {
  const chart = serverChart(width, 130 + cases.length * rowHeight);
  try {
    chart.setOption({
      animation: false,
      backgroundColor: "#ffffff",
      title: { text: title, left: 16, top: 8, textStyle: { fontSize: 15 } },
      legend: { top: 36, left: 16, itemWidth: 14 },
      grid: { left: 16, right: 40, top: 72, bottom: 16, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      xAxis: { type: "value", min: 0, axisLabel: { formatter: "{value} s" }, axisLine: { onZero: false } },
      // The names are on an axis of words; the points, which lie beside each other within a row, on one of numbers over it.
      yAxis: [
        { type: "category", inverse: true, data: cases.map(({ name }) => name) },
        { type: "value", min: -0.5, max: cases.length - 0.5, inverse: true, show: false },
      ],
      series: [
        points("measured", "#0072B2", "circle", 6, cases.flatMap(measuredPoints)),
        points(
          "predicted p50",
          "#D55E00",
          "rect",
          [3, 44],
          cases.map(({ predicted }, row) => [predicted.p50, row]),
        ),
        points(
          "predicted p95",
          "#E69F00",
          "rect",
          [3, 44],
          cases.map(({ predicted }, row) => [predicted.p95, row]),
        ),
      ],
    });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}

/** Spreads the points of a row from top to bottom in the order of their measurement, so that none hides another. */
function measuredPoints({ seconds }: MeasuredCase, row: number): number[][] {
  return seconds.map((value, index) => [value, row - 0.25 + (0.5 * index) / Math.max(1, seconds.length - 1)]);
}

function points(name: string, color: string, symbol: string, symbolSize: number | number[], data: number[][]) {
  return { name, type: "scatter", yAxisIndex: 1, symbol, symbolSize, itemStyle: { color, opacity: 0.85 }, data };
}
