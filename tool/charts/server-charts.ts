// @ts-expect-error TS2497: the types of ECharts have no form that a CommonJS module may import
import * as echarts from "echarts";

/** Chart that is drawn without a browser. */
export interface ServerChart {
  /**
   * Sets the options.
   *
   * @see https://echarts.apache.org/en/option.html
   */
  setOption(option: object): void;
  renderToSVGString(): string;
  dispose(): void;
}

/** Part of ECharts that is in use. */
interface ServerCharts {
  init(dom: null, theme: null, options: { renderer: "svg"; ssr: true; width: number; height: number }): ServerChart;
}

/** Creates a chart of `width` by `height` px. */
export function serverChart(width: number, height: number): ServerChart {
  return (echarts as unknown as ServerCharts).init(null, null, { renderer: "svg", ssr: true, width, height });
}
