import { table } from "../terminal/table";
import { repeatLines } from "./rerun-command";
import type { DrillReport } from "./report";
import * as rows from "./report-rows";

/** A drill's result for a terminal: what matters, without the requests of each second and the events. */
export function drillText(report: DrillReport): string {
  const never = rows.neverOf(report);
  return [
    `Drill ${rows.subjectOf(report)}, by ${report.method.name}`,
    rows.headlineOf(report),
    ...block("Measured beside predicted", rows.measuredRows(report)),
    ...(never === undefined ? [] : [`  Predicted: never by itself, since ${never}`]),
    ...block("Over all runs", rows.safetyRows(report)),
    ...block("Limits", rows.criteriaRows(report)),
    ...block("Runs", rows.runRows(report)),
    ...block("Stages, seconds after the fault", rows.stageMedianRows(report)),
    ...block("Where the time went", rows.slowestRows(report)),
    ...block("Writes, read back after the recovery", rows.ledgerRows(report)),
    ...rows.isolatedTexts(report).map((text) => `  ${text}`),
    ...block("Objects that did not come back as they were written", rows.damageRows(report)),
    ...block("Two that could write at the same time", rows.overlapRows(report)),
    ...block("An application with the SDK's defaults", rows.applicationRows(report)),
    ...block("Failed requests", rows.errorRows(report)),
    ...block("What the failure was", rows.methodRows(report)),
    ...block("What this ran on", rows.setUpRows(report)),
    ...block("Real and simulated", rows.realRows(report)),
    ...list("What these numbers do not say", report.caveats),
    ...list("Left behind", report.leftovers),
    ...list("The same again", repeatLines(report), "  "),
    "",
    ...verdictLines(report),
    "",
  ].join("\n");
}

function block(heading: string, of: rows.Rows): string[] {
  return of.length === 0 ? [] : ["", heading, table(of)];
}

function list(heading: string, items: readonly string[], mark = "  - "): string[] {
  return items.length === 0 ? [] : ["", heading, ...items.map((item) => mark + item)];
}

function verdictLines({ shortfalls, seconds }: DrillReport): string[] {
  return shortfalls.length === 0
    ? [`PASSED, in ${rows.seconds(seconds)}.`]
    : ["FELL SHORT:", ...shortfalls.map((shortfall) => `  - ${shortfall}`)];
}
