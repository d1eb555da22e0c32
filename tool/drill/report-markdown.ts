import { repeatLines } from "./rerun-command";
import type { DrillReport } from "./report";
import * as rows from "./report-rows";

/**
 * Returns the result of a drill as Markdown, for a pull request or a runbook. Details are collapsed.
 *
 * @param reachedBy flags that name the cluster
 */
export function drillMarkdown(report: DrillReport, reachedBy?: readonly string[]): string {
  const { shortfalls, caveats, leftovers } = report;
  const never = rows.neverOf(report);
  const parts = [
    `## ${rows.outcomeOf(report)}: ${markdownText(rows.subjectOf(report))}`,
    markdownText(rows.headlineOf(report)),
    markdownList(shortfalls),
    markdownTable(rows.measuredRows(report)),
    never === undefined ? "" : `Predicted: never automatically, because ${markdownText(never)}`,
    markdownTable(rows.safetyRows(report)),
    section("Limits", markdownTable(rows.criteriaRows(report))),
    section("Stages, seconds after the fault", markdownTable(rows.stageMedianRows(report))),
    section("Slowest stages, and how to shorten them", markdownTable(rows.slowestRows(report))),
    section("Lost and changed objects", markdownTable(rows.damageRows(report))),
    section("Concurrent writers", markdownTable(rows.overlapRows(report))),
    section("Limits of these numbers", markdownList(caveats)),
    section("Left behind", markdownList(leftovers)),
    folded("Runs", [
      markdownTable(rows.runRows(report)),
      markdownTable(rows.ledgerRows(report)),
      ...rows.isolatedTexts(report).map(markdownText),
      markdownTable(rows.applicationRows(report)),
      markdownTable(rows.errorRows(report)),
    ]),
    folded("Failure and setup", [
      markdownTable([["", ""], ...rows.methodRows(report), ...rows.setUpRows(report)]),
      markdownTable(rows.realRows(report)),
    ]),
    section("Repeat", ["```sh", ...repeatLines(report, reachedBy), "```"].join("\n")),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function section(heading: string, content: string): string {
  return content === "" ? "" : `### ${heading}\n\n${content}`;
}

function folded(heading: string, parts: readonly string[]): string {
  const content = parts.filter((part) => part !== "").join("\n\n");
  return `<details><summary>${heading}</summary>\n\n${content}\n\n</details>`;
}

/** Escapes a text for Markdown, on one line. */
function markdownText(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_[\]|~#]/g, "\\$&")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;");
}

/** Returns a table with the first row as its header; empty without rows. */
function markdownTable(rows: readonly (readonly string[])[]): string {
  const [head, ...body] = rows;
  if (head === undefined) return "";
  return [head, head.map(() => "---"), ...body].map((cells, index) => rowOf(cells, index !== 1)).join("\n");
}

function rowOf(cells: readonly string[], escaped: boolean): string {
  return `| ${cells.map((cell) => (escaped ? markdownText(cell) : cell)).join(" | ")} |`;
}

function markdownList(items: readonly string[]): string {
  return items.map((item) => `- ${markdownText(item)}`).join("\n");
}
