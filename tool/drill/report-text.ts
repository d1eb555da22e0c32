import { table } from "../terminal/table";
import { repeatLine } from "./rerun-command";
import type { DrillReport } from "./report";
import * as rows from "./report-rows";

/** Maximum number of overlaps in the text. The files of the report contain all. */
const overlapsShown = 3;

/**
 * Returns the result of a drill for one screen of a terminal. Runs, requests, events and the setup are in the files of the report.
 *
 * @param folder the folder of these files
 * @param reachedBy flags that name the cluster again
 */
export function drillText(report: DrillReport, folder: string, reachedBy?: readonly string[]): string {
  const never = rows.neverOf(report);
  return [
    `Drill ${rows.subjectOf(report)}, by ${report.method.name}`,
    rows.headlineOf(report),
    ...block(rows.measuredRows(report)),
    ...(never === undefined ? [] : [`  Predicted: never automatically, because ${never}`]),
    ...block(rows.stageMedianRows(report)),
    ...slowestLines(report),
    ...block(rows.safetyRows(report)),
    ...rows.isolatedTexts(report).map((text) => `  ${text}`),
    ...overlapLines(report),
    ...limitLines(report),
    ...list("Left behind:", report.leftovers),
    "",
    `Full report, with ${counted(report.caveats.length, "caveat")}: report.html, report.md and report.json in ${folder}`,
    `Repeat: ${repeatLine(report, reachedBy)}`,
    "",
    ...verdictLines(report),
    "",
  ].join("\n");
}

function block(of: rows.Rows): string[] {
  return of.length === 0 ? [] : ["", table(of)];
}

function slowestLines({ runs }: DrillReport): string[] {
  const slowest = runs.flatMap((run) => run.slowest ?? []).sort((one, other) => other.seconds - one.seconds)[0];
  if (slowest === undefined) return [];
  return [`  Slowest: ${slowest.meaning}, ${rows.seconds(slowest.seconds)} (${slowest.lever})`];
}

function limitLines(report: DrillReport): string[] {
  const [, ...limits] = rows.criteriaRows(report);
  return limits.length === 0
    ? []
    : [
        "",
        `  Limits: ${limits.map(([limit = "", measured = "", held = ""]) => `${limit} (${measured}): ${held}`).join(", ")}`,
      ];
}

function overlapLines(report: DrillReport): string[] {
  const [head, ...overlaps] = rows.overlapRows(report);
  if (head === undefined) return [];
  const more = overlaps.length - overlapsShown;
  return [
    ...block([head, ...overlaps.slice(0, overlapsShown)]),
    ...(more > 0 ? [`  and ${counted(more, "more overlap")}`] : []),
  ];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function list(heading: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : ["", heading, ...items.map((item) => `  - ${item}`)];
}

function verdictLines({ shortfalls, seconds }: DrillReport): string[] {
  return shortfalls.length === 0
    ? [`PASSED, in ${rows.seconds(seconds)}.`]
    : ["FAILED:", ...shortfalls.map((shortfall) => `  - ${shortfall}`)];
}
