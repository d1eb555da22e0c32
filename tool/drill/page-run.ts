import { pageColours, requestColours } from "../charts/page-colours";
import { kindsSent, outageSpan, requestsChart } from "./charts/requests-chart";
import { html, htmlTable, Html } from "../markup/html";
import type { DrillReport, DrillRun } from "./report";
import * as rows from "./report-rows";
import type { ChartWidth, ChartWords } from "../charts/page-chart";

/** Number of runs that are expanded. If there are more, only the slowest is. */
const openRuns = 3;

/** Returns the section of one run: requests over time, stages and events of the cluster. */
export function runSection(run: DrillRun, { runs, summary }: DrillReport): Html {
  const { number, node, newNode, interruptions, failedRequests } = run;
  const open = runs.length <= openRuns || run.recoverySeconds === undefined || isSlowest(run, summary);
  const went = newNode === undefined ? `from ${node} to no other node` : `from ${node} to ${newNode}`;
  return html`<details${open ? html` open` : undefined}>
<summary>Run ${number}: recovery ${rows.recoveryText(run)}, outage ${rows.outageText(run)}</summary>
<p>Pod ${run.pod}, ${went}; fault at ${run.faultAt}. ${failedRequests} failed requests in ${interruptions === 1 ? "1 interruption" : `${interruptions} interruptions`}.
Attachments to the old node deleted: ${run.attachmentDeletions}.</p>
${requests(run)}
${htmlTable(rows.stageRows(run.stages), "Stages, seconds after the fault")}
${htmlTable(rows.eventRows(run), "Events, seconds after the fault")}
</details>
`;
}

function isSlowest({ recoverySeconds }: DrillRun, { recoverySeconds: recovery }: DrillReport["summary"]): boolean {
  return recovery !== undefined && recoverySeconds === recovery.maximum;
}

function requests(run: DrillRun): Html {
  if (run.requests.length === 0) return html`<p>No request was recorded.</p>`;
  const outage = outageSpan(run);
  const words = {
    id: `requests-${run.number}`,
    title: `Run ${run.number}: requests in each second, successful ones above zero and failed ones below`,
    description: requestsText(run),
  };
  const legend = [
    ...kindsSent(run.requests).map((kind) => [kind, requestColours[kind]]),
    ["fault", pageColours.fault],
    ...(outage ? [["outage", pageColours.shade]] : []),
  ];
  return figure(words, legend, (width) => requestsChart(run, words, width));
}

function requestsText(run: DrillRun): string {
  const counts = kindsSent(run.requests).map((kind) => {
    const total = (outcome: 0 | 1): number =>
      run.requests.reduce((sum, { counts: inSecond }) => sum + (inSecond[kind]?.[outcome] ?? 0), 0);
    return `${kind}: ${total(0)} answered, ${total(1)} failed.`;
  });
  const outage = outageSpan(run);
  const away =
    outage === undefined
      ? "No outage."
      : `The outage is from ${rows.seconds(outage[0])} to ${
          run.recoverySeconds === undefined ? "the end of the load" : rows.seconds(outage[1])
        } after the fault.`;
  return [away, ...counts].join(" ");
}

/** Returns a chart with its legend, drawn for a wide and for a narrow screen. One of the two is displayed. */
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
