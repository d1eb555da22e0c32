import { table } from "../terminal/table";
import { runsThatDecide, type ComparedTime, type DrillComparison } from "./compare";
import { seconds } from "./report-rows";

/** Returns a comparison as text for a terminal. */
export function compareText(comparison: DrillComparison): string {
  return [
    ...conditionLines(comparison),
    table(timeRows(comparison)),
    "",
    table(countRows(comparison)),
    "",
    ...verdictLines(comparison),
  ].join("\n");
}

function conditionLines({ comparable, differences }: DrillComparison): string[] {
  const rows = (forbids: boolean): string[][] =>
    differences
      .filter(({ forbidsComparison }) => forbidsComparison === forbids)
      .map(({ what, before, after }) => [what, before, after]);
  const block = (heading: string, of: string[][]): string[] =>
    of.length === 0 ? [] : [heading, table([["", "before", "after"], ...of]), ""];
  return [
    ...(comparable ? ["Comparable: the same case, method, profile, failover decision and load.", ""] : []),
    ...block("NOT comparable, because these differ:", rows(true)),
    ...block("Other differences, which may be the subject of the comparison:", rows(false)),
  ];
}

function timeRows({ recovery, outage, application, stages }: DrillComparison): string[][] {
  return [
    ["", "median before", "after", "difference", "maximum before", "after"],
    ["recovery", ...timeCells(recovery)],
    ["outage", ...timeCells(outage)],
    ["longest successful write of an application", ...timeCells(application)],
    ...stages.map((stage) => [`stage: ${stage.meaning}`, ...timeCells(stage)]),
  ];
}

function timeCells({ before, after, difference }: ComparedTime): string[] {
  const sign = difference !== undefined && difference > 0 ? "+" : "";
  return [
    ...[seconds(before.median), seconds(after.median), sign + seconds(difference)],
    ...[seconds(before.maximum), seconds(after.maximum)],
  ];
}

function countRows({ runs, counts, application }: DrillComparison): string[][] {
  return [
    ["", "before", "after"],
    ["runs", String(runs.before.all), String(runs.after.all)],
    ["recovered runs", String(runs.before.recovered), String(runs.after.recovered)],
    ...[
      ...counts,
      { what: "failed writes of an application", ...application.failed },
      { what: "writes without a response at the end", ...application.hanging },
    ].map(({ what, before, after }) => [what, String(before), String(after)]),
  ];
}

function verdictLines({ slower, moreLost, decided, interval, recovery, runs, counts }: DrillComparison): string[] {
  const range = interval && `, with 95 % between ${interval.map(signed).join(" and ")}`;
  const difference =
    recovery.difference === undefined ? "" : ` (${signed(recovery.difference)} in the median${range ?? ""})`;
  const unsure = decided && !slower && (recovery.difference ?? 0) > 0;
  const damage = counts
    .filter(({ what }) => what === "lost" || what === "corrupt")
    .map(({ what, before, after }) => `${what} ${before} before, ${after} after`);
  return [
    `${slower ? "SLOWER" : unsure ? "Not shown to be slower" : "Not slower"}${difference}.`,
    ...(decided
      ? []
      : [`Too few runs for a decision (${runs.before.all} and ${runs.after.all}; required: ${runsThatDecide} each).`]),
    `${moreLost ? "MORE LOST OR CORRUPT in each run" : "Not more lost or corrupt"}: ${damage.join("; ")}.`,
  ];
}

function signed(value: number): string {
  return `${value > 0 ? "+" : ""}${seconds(value)}`;
}
