import { escapeXml } from "../markup/html";
import { pageColours } from "./page-colours";
import { serverChart } from "./server-charts";

/** Widths in px in which a page's chart is drawn, because the text of one drawing is not legible at both. */
const chartWidths = { wide: 960, narrow: 340 } as const;

export type ChartWidth = keyof typeof chartWidths;

/** Description of a chart for screen readers. */
export interface ChartWords {
  /** ID that is unique in the page. */
  id: string;
  title: string;
  /** Content of the chart in sentences, with the important numbers. */
  description: string;
}

/** Draws `option` as an SVG that adapts to the width of a page. */
export function pageChart(words: ChartWords, width: ChartWidth, height: number, option: object): string {
  const chart = serverChart(chartWidths[width], height);
  try {
    chart.setOption({ animation: false, backgroundColor: "transparent", ...option });
    return embedded(chart.renderToSVGString(), words, width);
  } finally {
    chart.dispose();
  }
}

/** Returns the axes of all charts in a page. */
export function axisStyle(show = true) {
  return {
    axisLabel: { color: pageColours.ink },
    axisLine: { lineStyle: { color: pageColours.muted } },
    axisTick: { lineStyle: { color: pageColours.muted } },
    splitLine: { show, lineStyle: { color: pageColours.grid } },
    nameTextStyle: { color: pageColours.muted },
  };
}

/** Returns the margins of a chart. */
export function gridStyle(top: number, bottom = 8) {
  return { left: 8, right: 24, top, bottom, outerBoundsMode: "same", outerBoundsContain: "axisLabel" };
}

/** Returns the style of a line that is named in the legend or by its own label. */
export function labelStyle(color: string) {
  return { color, textBorderWidth: 0, textBorderColor: "transparent" };
}

/** Returns the drawing as a part of a page, with a description, unique IDs and no interaction. */
function embedded(svg: string, { id, title, description }: ChartWords, width: ChartWidth): string {
  const own = `${id}-${width}`;
  const [, viewBox = ""] = /viewBox="([^"]*)"/.exec(svg) ?? [];
  const drawing = svg
    .replace(/^[\s\S]*?<svg[^>]*>/, "")
    .replace(/<style[\s\S]*?<\/style>/g, "")
    .replace(/ class="zr\d+-cls-\d+"/g, "")
    .replace(/zr\d+-/g, `${own}-`);
  return [
    `<svg viewBox="${viewBox}" role="img" aria-labelledby="${own}-title ${own}-desc">`,
    `<title id="${own}-title">${escapeXml(title)}</title>`,
    `<desc id="${own}-desc">${escapeXml(description)}</desc>`,
    drawing.trim(),
  ].join("\n");
}

/** Part of the API for ECharts' custom series that is in use. */
export interface CustomApi {
  value(dimension: number): number;
  coord(value: [number, number]): [x: number, y: number];
}
