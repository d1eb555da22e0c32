import { ExitCode, StoreError } from "../../errors";
import type { JudgedVolumes } from "../guards/acknowledgements";
import { acceptsNothing, GuardRefusedError } from "../guards/refused";
import type { GuardedCommand } from "../guards/words";
import { idleVolumesText, refusedVolumesText } from "./text";
import type { VolumeAtStake } from "../guards/volume-at-stake";

/** Longhorn would be uninstalled while other workloads use its volumes. Nothing was changed. */
export class VolumesInUseError extends StoreError {
  readonly code = "volumes-in-use";

  constructor(
    message: string,
    /** All volumes that would be deleted; those of others have `use: "in-use"`. */
    readonly volumes: readonly VolumeAtStake[],
  ) {
    super(message, ExitCode.Refused);
  }
}

/**
 * Returns the error of an operation that would delete volumes of others without acceptance, or that accepts volumes that it
 * would not delete.
 *
 * @param volumes all that would be deleted
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
