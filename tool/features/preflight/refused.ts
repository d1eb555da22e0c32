import { ExitCode, StoreError } from "../../errors";
import type { GuardedCommand } from "../guards/words";
import { preflightText } from "./text";
import type { PreflightFinding } from "./findings";

/** The cluster lacks a requirement of a first deployment. Nothing was changed. */
export class PreflightRefusedError extends StoreError {
  readonly code = "preflight-refused";

  constructor(
    message: string,
    readonly findings: readonly PreflightFinding[],
  ) {
    super(message, ExitCode.Refused);
  }
}

/** Returns the error of a deployment that would take over objects that its stack did not create. */
export function takeoverRefused(
  { operation, stack, words }: GuardedCommand,
  findings: readonly PreflightFinding[],
): PreflightRefusedError {
  return new PreflightRefusedError(
    `${words.name(operation)} on stack ${stack} is refused, because it would take over existing objects. Nothing was changed:\n` +
      preflightText(worthTelling(findings)),
    findings,
  );
}

/** Returns the error of a first deployment that would fail. */
export function preflightRefused(
  { operation, stack, words }: GuardedCommand,
  findings: readonly PreflightFinding[],
): PreflightRefusedError {
  return new PreflightRefusedError(
    `${words.name(operation)} on stack ${stack} is refused, because the cluster does not meet the requirements. Nothing was changed:\n` +
      `${preflightText(worthTelling(findings))}\n${words.skipPreflight} continues anyway.`,
    findings,
  );
}

/** Returns the errors and warnings. */
export function worthTelling(findings: readonly PreflightFinding[]): PreflightFinding[] {
  return findings.filter(({ severity }) => severity !== "ok");
}
