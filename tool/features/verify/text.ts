import type { Finding } from "./finding";

/** Returns the result of a comparison in a few words. */
export function verdictText({ length }: readonly Finding[]): string {
  return length === 0 ? "no differences" : `differences: ${length}`;
}

/** Returns the findings as text, each with its reason and its fix. */
export function findingsText(findings: readonly Finding[]): string {
  if (findings.length === 0) return "There are no differences.";
  return findings.map(findingText).join("\n");
}

function findingText({ kind, object, asked, seen, reason, remedy }: Finding): string {
  const values = [...(asked === undefined ? [] : [`asked ${asked}`]), ...(seen === undefined ? [] : [`seen ${seen}`])];
  const told = values.length === 0 ? "" : ` (${values.join(", ")})`;
  return `${kind}: ${object}${told}\n    ${reason}\n    ${remedy}`;
}
