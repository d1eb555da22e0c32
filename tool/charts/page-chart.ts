import { escapeXml } from "../markup/html";
import { pageColours } from "./page-colours";
import { serverChart } from "./server-charts";

/** The two widths in which a page's chart is drawn: text of one drawing cannot be read at both. In px. */
const chartWidths = { wide: 960, narrow: 340 } as const;

export type ChartWidth = keyof typeof chartWidths;

/** What a chart is for those who do not see it. */
export interface ChartWords {
  /** Unique in the page. */
  id: string;
  title: string;
  /** What the chart shows, in sentences with the numbers that matter. */
  description: string;
}

/** Draws `option` as an SVG to be put into a page, where it takes the width that there is. */
export function pageChart(words: ChartWords, width: ChartWidth, height: number, option: object): string {
  const chart = serverChart(chartWidths[width], height);
  try {
    chart.setOption({ animation: false, backgroundColor: "transparent", ...option });
    return embedded(chart.renderToSVGString(), words, width);
  } finally {
    chart.dispose();
  }
}

/** Axes as all charts of a page have them. */
export function axisStyle(show = true) {
  return {
    axisLabel: { color: pageColours.ink },
    axisLine: { lineStyle: { color: pageColours.muted } },
    axisTick: { lineStyle: { color: pageColours.muted } },
    splitLine: { show, lineStyle: { color: pageColours.grid } },
    nameTextStyle: { color: pageColours.muted },
  };
}

/** The room around a chart's axes. */
export function gridStyle(top: number, bottom = 8) {
  return { left: 8, right: 24, top, bottom, outerBoundsMode: "same", outerBoundsContain: "axisLabel" };
}

/** A line for the eye only: it is named in the legend or by a label of its own. */
export function labelStyle(color: string) {
  return { color, textBorderWidth: 0, textBorderColor: "transparent" };
}

/**
 * The drawing as a part of a page: it names itself, its ids are those of no other chart, and nothing in it reacts to a pointer.
 */
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

/** The little of ECharts' custom series that is used here. */
export interface CustomApi {
  value(dimension: number): number;
  coord(value: [number, number]): [x: number, y: number];
}
