import { ExitCode, StoreError } from "../../errors";
import type { VolumeAtStake } from "./volume-at-stake";
import { isLoss, type Acknowledged } from "./acknowledgements";
import type { GuardFinding } from "./findings";
import { acceptingCommand, guardFindingsText, idleText } from "./text";
import { nothingAccepted, type GuardedCommand } from "./words";

/**
 * Production would lose data or its protection without acceptance, or the acceptance has no planned loss. Nothing was changed.
 */
export class GuardRefusedError extends StoreError {
  readonly code = "guard-refused";

  constructor(
    message: string,
    /** Planned losses and removed protection; empty if the only error is an unused acceptance. */
    readonly findings: readonly GuardFinding[],
    /** Accepted names without a planned loss. */
    readonly idle: Acknowledged = nothingAccepted,
    /** All volumes that would be lost; absent unless an accepted name matches none of them. */
    readonly volumes?: readonly VolumeAtStake[],
  ) {
    super(message, ExitCode.Refused);
  }
}

/** Returns the error of a production stack's preview with unacknowledged findings. */
export function guardRefused(command: GuardedCommand, findings: readonly GuardFinding[]): GuardRefusedError {
  const { operation, stack, words } = command;
  const why = findings.some(isLoss) ? "data would be lost" : "the protection of data would be removed";
  return new GuardRefusedError(
    `${words.name(operation)} on stack ${stack} is refused: it is a production stack, and ${why}. Nothing was changed.\n` +
      `${guardFindingsText(findings, command)}\n` +
      `To accept this, name it:\n  ${acceptingCommand(findings, command)}`,
    findings,
  );
}

/**
 * Returns the error of unused acknowledgements: a misspelled name, or one that remained in a script and would accept a later
 * loss.
 */
export function idleAcknowledgement(
  command: GuardedCommand,
  idle: Acknowledged,
  findings: readonly GuardFinding[],
): GuardRefusedError {
  const lines = idleText(idle, findings, command).map((line) => `  ${line}`);
  return new GuardRefusedError([acceptsNothing(command), ...lines].join("\n"), [], idle);
}

/** Returns the first line of an error about unused names. */
export function acceptsNothing({ operation, stack, words }: GuardedCommand): string {
  return `${words.name(operation)} on stack ${stack} is refused: it accepts losses that are not planned. Nothing was changed.`;
}
