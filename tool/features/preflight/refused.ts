import { ExitCode, ToolError } from "../../exit-codes";
import { preflightText } from "./text";
import type { PreflightFinding } from "./findings";

/** Thrown where a preflight has found what a first `up` would fail on. */
export class PreflightRefused extends ToolError {
  constructor(
    stack: string,
    readonly findings: readonly PreflightFinding[],
  ) {
    super(
      `up on stack ${stack} is refused by what the cluster lacks; nothing was changed:\n${preflightText(worthTelling(findings))}\n` +
        "--skip-preflight goes on all the same.",
      ExitCode.Refused,
    );
    this.name = "PreflightRefused";
  }
}

/** What is not as it should be. */
export function worthTelling(findings: readonly PreflightFinding[]): PreflightFinding[] {
  return findings.filter(({ severity }) => severity !== "ok");
}
