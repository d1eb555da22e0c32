import { drillStagesChart } from "./charts/drill-stages-chart";
import { ledgerChart, ledgerSeries } from "./charts/ledger-chart";
import { pageColours } from "../charts/page-colours";
import { repeatsChart } from "./charts/repeats-chart";
import { html, Html, htmlList, htmlPairs, htmlTable } from "../markup/html";
import { figure, runSection } from "./page-run";
import { pageStyle } from "./page-style";
import { repeatLines } from "./rerun-command";
import type { DrillReport } from "./report";
import * as rows from "./report-rows";
import { stagesOverRuns } from "./summary";

/**
 * Returns the result of a drill as a page without network access or scripts, for screens of any width and for print.
 *
 * @param reachedBy flags that name the cluster
 */
export function drillHtml(report: DrillReport, reachedBy?: readonly string[]): string {
  const title = `${rows.outcomeOf(report)}: ${rows.subjectOf(report)}`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <style>
          ${styleSheet}
        </style>
      </head>
      <body>
        <main>
          ${verdict(report)} ${numbers(report)} ${repeats(report)} ${stages(report)} ${data(report)}
          ${application(report)}
          ${section(
            "Runs",
            report.runs.map((run) => runSection(run, report)),
          )}
          ${conditions(report, reachedBy)}
        </main>
      </body>
    </html> `.text;
}

const styleSheet = new Html(pageStyle);

function section(heading: string, content: readonly (Html | undefined)[]): Html {
  return html`<section>
    <h2>${heading}</h2>
    ${content}
  </section> `;
}

function verdict(report: DrillReport): Html {
  const { shortfalls } = report;
  return html`<header class="${shortfalls.length === 0 ? "verdict" : "verdict bad"}">
    <h1><span class="outcome">${rows.outcomeOf(report)}</span>: ${rows.subjectOf(report)}</h1>
    <p>${rows.headlineOf(report)}</p>
    ${shortfalls.length === 0 ? undefined : htmlList(shortfalls)}
  </header> `;
}

function numbers(report: DrillReport): Html {
  const { summary, predicted } = report;
  const { recoverySeconds: recovery, lost, corrupt, overlaps } = summary;
  const never = rows.neverOf(report);
  const [p50, p95] = rows.predictedCells(predicted);
  return html`<dl class="tiles">
      ${tile("recovery, median", rows.seconds(recovery?.median), summary.recovered < summary.runs)}
      ${tile("recovery, maximum", rows.maximumText(summary), summary.recovered < summary.runs)}
      ${tile("predicted p50", p50)} ${tile("predicted p95", p95)} ${tile("lost", lost, lost > 0)}
      ${tile("corrupt", corrupt, corrupt > 0)} ${tile("overlaps", overlaps, overlaps > 0)}
    </dl>
    ${never === undefined ? undefined : html`<p>Predicted: the store never recovers automatically, because ${never}.</p>`}
    ${htmlTable(rows.measuredRows(report), "Measured and predicted")}
    ${htmlTable(rows.safetyRows(report), "Over all runs")}
    ${htmlTable(rows.criteriaRows(report), "Limits of this drill")} `;
}

function tile(name: string, value: string | number | undefined, bad = false): Html {
  return html`<div${bad ? html` class="bad"` : undefined}><dt>${name}</dt><dd>${value}</dd></div>`;
}

function repeats({ runs, predicted, summary }: DrillReport): Html | undefined {
  if (runs.length < 2) return undefined;
  const { recoverySeconds: recovery } = summary;
  const words = {
    id: "repeats",
    title: "Recovery and outage of each run",
    description: `${summary.recovered} of ${summary.runs} runs recovered${
      recovery === undefined
        ? "."
        : `, after ${rows.seconds(recovery.minimum)} to ${rows.seconds(recovery.maximum)}, a median of ${rows.seconds(recovery.median)}.`
    }`,
  };
  const legend = [
    ["one run", pageColours.measured],
    ...(rows.percentilesOf(predicted) === undefined ? [] : [["predicted p50 and p95", pageColours.predicted]]),
  ];
  return section("Distribution over the repeats", [
    figure(words, legend, (width) => repeatsChart(runs, predicted, words, width)),
  ]);
}

function stages(report: DrillReport): Html {
  const reached = stagesOverRuns(report.runs);
  const words = {
    id: "stages",
    title: report.runs.length === 1 ? "Stages of the recovery" : "Stages of the recovery, medians over the runs",
    description: reached
      .map(({ meaning, median, predicted }) => {
        const range = predicted && `, predicted ${rows.seconds(predicted.p50)} to ${rows.seconds(predicted.p95)}`;
        return `${meaning}: after ${rows.seconds(median)}${range ?? ""}.`;
      })
      .join(" "),
  };
  const legend = [
    ["measured: from the stage before to this one", pageColours.measured],
    ...(reached.some(({ predicted }) => predicted)
      ? [["predicted: reached between p50 and p95", pageColours.predicted]]
      : []),
    ...(reached.some(({ measured }) => measured.length > 1) ? [["each run", pageColours.ink]] : []),
  ];
  const seen =
    reached.length === 0
      ? html`<p>No stage was observed in the cluster.</p>`
      : figure(words, legend, (width) => drillStagesChart(reached, words, width));
  return section("Stages, seconds after the fault", [
    seen,
    htmlTable(rows.slowestRows(report), "Slowest stages, and how to shorten them"),
  ]);
}

function data(report: DrillReport): Html {
  const overlaps = rows.overlapRows(report);
  return section("Data", [
    report.runs.length === 0 ? undefined : ledger(report.runs),
    htmlTable(rows.ledgerRows(report), "Writes, read back after the recovery"),
    ...rows.isolatedTexts(report).map((text) => html`<p>${text}</p> `),
    htmlTable(rows.damageRows(report), "Lost and changed objects"),
    overlaps.length === 0
      ? html`<p>No two concurrent writers were observed.</p> `
      : htmlTable(overlaps, "Concurrent writers, seconds after the fault"),
  ]);
}

function ledger(runs: DrillReport["runs"]): Html {
  const series = ledgerSeries(runs);
  const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
  const acknowledged = total(runs.map((run) => run.ledger.acknowledged));
  const isCutOff = series.some(({ stack }) => stack === "isolated");
  const words = {
    id: "ledger",
    title: `Writes of each run by result${isCutOff ? "; second bar: those that the isolated gateway acknowledged" : ""}`,
    description: `${acknowledged} writes were acknowledged. ${series.map(({ name, counts }) => `${name}: ${total(counts)}.`).join(" ")}`,
  };
  const legend = series.map(({ name, color }) => [name, color]);
  return figure(words, legend, (width) => ledgerChart(runs, words, width));
}

function application(report: DrillReport): Html {
  return section("View of an application", [
    html`<p>A second client with the SDK's own retries and timeouts writes once per second.</p> `,
    htmlTable(rows.applicationRows(report), "Writes with the SDK's defaults"),
    htmlTable(rows.errorRows(report), "Failed requests of the load, which does not retry"),
  ]);
}

function conditions(report: DrillReport, reachedBy?: readonly string[]): Html {
  const { caveats, leftovers } = report;
  return html`${section("Failure", [htmlPairs(rows.methodRows(report))])}
  ${section("Setup", [
    htmlPairs(rows.setUpRows(report)),
    htmlTable(rows.clockRows(report), "Clocks"),
    htmlTable(rows.realRows(report), "Real and simulated"),
  ])}
  ${caveats.length === 0 ? undefined : section("Limits of these numbers", [htmlList(caveats)])}
  ${leftovers.length === 0 ? undefined : section("Left behind", [htmlList(leftovers)])}
  ${section("Repeat", [html`<pre>${repeatLines(report, reachedBy).join("\n")}</pre> `])}`;
}
