import { ExitCode, ToolError } from "../../exit-codes";
import { acceptingCommand, guardFindingsText, idleText } from "./text";
import { operationName, type GuardedCommand } from "./invocation";
import { isLoss, type Acknowledged } from "./acknowledged";
import type { GuardFinding } from "./findings";

/** Thrown where a preview of a production stack plans what nobody has acknowledged. */
export class GuardRefused extends ToolError {
  constructor(
    command: GuardedCommand,
    readonly findings: readonly GuardFinding[],
  ) {
    const why = findings.some(isLoss) ? "data would be lost" : "the protection of data would be taken away";
    super(
      `${operationName(command)} on stack ${command.stack} is refused: it is production, and ${why}. Nothing was changed.\n` +
        `${guardFindingsText(findings, command)}\n` +
        `Where it is meant, it is said by name:\n  ${acceptingCommand(findings, command)}`,
      ExitCode.Refused,
    );
    this.name = "GuardRefused";
  }
}

/**
 * Thrown where something was acknowledged that is not planned: a name that is misspelt, or one that stayed in a script and would
 * accept what a later update plans.
 */
export class IdleAcknowledgement extends ToolError {
  constructor(
    command: GuardedCommand,
    readonly idle: Acknowledged,
    findings: readonly GuardFinding[],
  ) {
    super(
      `${operationName(command)} on stack ${command.stack} is refused: it accepts what is not planned. Nothing was changed.\n` +
        idleText(idle, findings, command)
          .map((line) => `  ${line}`)
          .join("\n"),
      ExitCode.Refused,
    );
    this.name = "IdleAcknowledgement";
  }
}
