import type { PreflightFinding } from "./findings";

/** The findings for people, what has to be done under each. */
export function preflightText(findings: readonly PreflightFinding[]): string {
  return findings
    .map(({ severity, what, remedy }) => [
      `${severity.padEnd(7)}  ${what}`,
      ...(remedy === undefined ? [] : [`         ${remedy}`]),
    ])
    .flat()
    .join("\n");
}
