import { createRequire } from "node:module";

/** A chart that is drawn without a browser. */
export interface ServerChart {
  /** @see https://echarts.apache.org/en/option.html */
  setOption(option: object): void;
  renderToSVGString(): string;
  dispose(): void;
}

/** The little of ECharts that is used here: its own types cannot be resolved from a CommonJS module. */
export interface ServerCharts {
  init(dom: null, theme: null, options: { renderer: "svg"; ssr: true; width: number; height: number }): ServerChart;
}

/** Loads ECharts, which takes its time: only who draws waits for it. */
export function loadCharts(): ServerCharts {
  return createRequire(__filename)("echarts") as ServerCharts;
}
