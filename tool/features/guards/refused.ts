import { ExitCode, StoreError } from "../../errors";
import type { VolumeAtStake } from "./volume-at-stake";
import { isLoss, type Acknowledged } from "./acknowledgements";
import type { GuardFinding } from "./findings";
import { acceptingCommand, guardFindingsText, idleText } from "./text";
import { nothingAccepted, type GuardedCommand } from "./words";

/** Production would lose data or its protection and that was not accepted, or what was accepted is not planned; nothing was changed. */
export class GuardRefusedError extends StoreError {
  readonly code = "guard-refused";

  constructor(
    message: string,
    /** What would be lost or be without protection; empty where only names accept nothing. */
    readonly findings: readonly GuardFinding[],
    /** Names that accept nothing which is planned. */
    readonly idle: Acknowledged = nothingAccepted,
    /** All volumes that would go; absent unless a name accepts none of them. */
    readonly volumes?: readonly VolumeAtStake[],
  ) {
    super(message, ExitCode.Refused);
  }
}

/** Makes the error of a preview of a production stack that plans what was not acknowledged. */
export function guardRefused(command: GuardedCommand, findings: readonly GuardFinding[]): GuardRefusedError {
  const { operation, stack, words } = command;
  const why = findings.some(isLoss) ? "data would be lost" : "the protection of data would be taken away";
  return new GuardRefusedError(
    `${words.name(operation)} on stack ${stack} is refused: it is production, and ${why}. Nothing was changed.\n` +
      `${guardFindingsText(findings, command)}\n` +
      `Where it is meant, it is said by name:\n  ${acceptingCommand(findings, command)}`,
    findings,
  );
}

/**
 * Makes the error of acknowledgements of what is not planned: a name that is misspelt, or one that stayed in a script and would accept
 * what a later update plans.
 */
export function idleAcknowledgement(
  command: GuardedCommand,
  idle: Acknowledged,
  findings: readonly GuardFinding[],
): GuardRefusedError {
  const lines = idleText(idle, findings, command).map((line) => `  ${line}`);
  return new GuardRefusedError([acceptsNothing(command), ...lines].join("\n"), [], idle);
}

/** The first line of an error about names that accept nothing. */
export function acceptsNothing({ operation, stack, words }: GuardedCommand): string {
  return `${words.name(operation)} on stack ${stack} is refused: it accepts what is not planned. Nothing was changed.`;
}
