import type { PreflightFinding } from "./findings";

/** Returns the findings as text, each with its fix. */
export function preflightText(findings: readonly PreflightFinding[]): string {
  return findings
    .map(({ severity, what, remedy }) => [
      `${severity.padEnd(7)}  ${what}`,
      ...(remedy === undefined ? [] : [`         ${remedy}`]),
    ])
    .flat()
    .join("\n");
}
