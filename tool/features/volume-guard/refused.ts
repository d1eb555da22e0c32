import { ExitCode, ToolError } from "../../exit-codes";
import { operationName, type GuardedCommand } from "../guards/invocation";
import { idleVolumesText, refusedVolumesText } from "./text";
import type { JudgedVolumes } from "./accepted";
import type { VolumeAtStake } from "./volumes";

/** Thrown where volumes that others use would go with Longhorn and nobody has accepted it, or where something else was accepted. */
export class VolumesRefused extends ToolError {
  constructor(
    command: GuardedCommand,
    readonly judged: JudgedVolumes,
    /** All volumes that would go. */
    readonly volumes: readonly VolumeAtStake[],
  ) {
    const { refused, idle } = judged;
    const lines = [
      ...(refused.length === 0
        ? [
            `${operationName(command)} on stack ${command.stack} is refused: it accepts what is not planned. Nothing was changed.`,
          ]
        : refusedVolumesText(refused, volumes, command)),
      ...idleVolumesText(idle, volumes, command),
    ];
    super(lines.join("\n"), ExitCode.Refused);
    this.name = "VolumesRefused";
  }
}
