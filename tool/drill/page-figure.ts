import type { ChartWidth, ChartWords } from "../charts/page-chart";
import { Html, html } from "../markup/html";

/** A chart with its legend, drawn once for a wide and once for a narrow screen, of which one is shown. */
export function figure(
  { title }: ChartWords,
  legend: readonly (readonly string[])[],
  draw: (width: ChartWidth) => string,
): Html {
  return html`<figure>
    <figcaption>${title}</figcaption>
    <ul class="legend">
      ${legend.map(([name, color]) => html`<li><i style="background:${color}"></i>${name}</li>`)}
    </ul>
    <div class="wide">${new Html(draw("wide"))}</div>
    <div class="narrow">${new Html(draw("narrow"))}</div>
  </figure> `;
}
