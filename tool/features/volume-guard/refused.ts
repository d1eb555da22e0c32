import { ExitCode, StoreError } from "../../errors";
import type { JudgedVolumes } from "../guards/acknowledgements";
import { acceptsNothing, GuardRefusedError } from "../guards/refused";
import type { GuardedCommand } from "../guards/words";
import { idleVolumesText, refusedVolumesText } from "./text";
import type { VolumeAtStake } from "../guards/volume-at-stake";

/** Longhorn would be uninstalled with volumes that others use; nothing was changed. */
export class VolumesInUseError extends StoreError {
  readonly code = "volumes-in-use";

  constructor(
    message: string,
    /** All volumes that would go; those of others have `use: "in-use"`. */
    readonly volumes: readonly VolumeAtStake[],
  ) {
    super(message, ExitCode.Refused);
  }
}

/**
 * Makes the error of an operation that takes volumes from others which were not accepted, or that accepts others than would go.
 *
 * @param volumes all that would go
 */
export function volumesRefused(
  command: GuardedCommand,
  { refused, idle }: JudgedVolumes,
  volumes: readonly VolumeAtStake[],
): VolumesInUseError | GuardRefusedError {
  const misspelt = idleVolumesText(idle, volumes, command);
  if (refused.length > 0) {
    return new VolumesInUseError([...refusedVolumesText(refused, volumes, command), ...misspelt].join("\n"), volumes);
  }
  const message = [acceptsNothing(command), ...misspelt].join("\n");
  return new GuardRefusedError(message, [], { dataLoss: idle, unprotected: [] }, volumes);
}
