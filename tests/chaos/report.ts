import type { RunRecord } from "./run-all";

/** What is wrong after a run; empty where everything held. */
export function problemsOf(record: RunRecord): string[] {
  if ("broken" in record) return [`the run itself broke: ${firstLine(record.broken)}`];
  return Object.entries(record.checks).flatMap(([check, problems]) =>
    problems.map((problem) => `${check}: ${firstLine(problem)}`),
  );
}

/** What was done after an interruption, such as `pulumi cancel, pulumi up`: the commands that failed and were repeated left out. */
function neededOf(record: RunRecord): string {
  if ("broken" in record) return "–";
  const done = record.recovery.steps.filter(({ succeeded }) => succeeded).map(({ command }) => `\`${command}\``);
  return record.recovery.converged ? done.join(", ") : `${[...done, "**not converged**"].join(", ")}`;
}

/** The runs as a Markdown table. */
export function reportText(records: readonly RunRecord[]): string {
  const held = records.filter((record) => problemsOf(record).length === 0).length;
  const struck = records.filter((record) => !("broken" in record) && record.interruption.killedAfterMs !== undefined);
  return [
    table(
      ["Run", "Operation", "Killed", "At", "The CLI", "What the next run needed", "After that"],
      records.map((record) => [String(record.number), operationOf(record), record.victim, ...outcomeOf(record)]),
    ),
    `${held} of ${records.length} runs held everything; in ${struck.length} there was something to kill at the moment or after it.`,
  ].join("\n\n");
}

function operationOf({ scope, phase, change }: RunRecord): string {
  const what = scope === "store" ? "one store" : "whole stack";
  return `${phase} ${what}${change === undefined ? "" : `, ${change}`}`;
}

function outcomeOf(record: RunRecord): string[] {
  const problems = problemsOf(record);
  const after = problems.length === 0 ? "all held" : `**${problems.join("; ")}**`;
  if ("broken" in record) return ["–", "–", "–", after];
  const { interruption, usualMs } = record;
  const { killedAfterMs, succeeded } = interruption;
  const percent = killedAfterMs === undefined ? "" : ` (${Math.round((100 * killedAfterMs) / usualMs)} %)`;
  const when =
    "seen" in record.moment ? `, ${record.moment.seen} ${record.phase === "destroy" ? "deleted" : "made"}` : "";
  const at = killedAfterMs === undefined ? "no victim" : `${(killedAfterMs / 1000).toFixed(1)} s${percent}${when}`;
  return [at, succeeded ? "succeeded" : "failed", neededOf(record), after];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

const firstLine = (text: string): string => text.split("\n", 1)[0] ?? "";
