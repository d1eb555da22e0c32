import { Option } from "commander";
import type { StackOperations } from "../pulumi/operations";
import type { Plan } from "../features/guards/plan";
import { volumesText } from "../features/volume-guard/text";
import { acceptedNames } from "../features/volume-guard/accepted";
import { lookAtVolumes } from "../features/volume-guard/look";
import type { VolumeAtStake } from "../features/volume-guard/volumes";
import type { CommandContext } from "./context";
import type { GuardFlags } from "./guarded";

/** What an operation takes that could uninstall Longhorn. */
export interface VolumeFlags extends GuardFlags {
  skipVolumeCheck: boolean;
}

export function skipVolumeCheckOption(): Option {
  return new Option(
    "--skip-volume-check",
    "do not look at the volumes of other workloads before Longhorn is uninstalled",
  ).default(false);
}

/** The flags for the guards, to which a volume's name means nothing. */
export function forGuards<Flags extends VolumeFlags>(flags: Flags): Flags {
  return { ...flags, allowDataLoss: acceptedNames(flags.allowDataLoss).resources };
}

/**
 * Looks at the volumes that would go with what is planned, and shows what becomes of them.
 *
 * @throws VolumesRefused where others use volumes that would go, and nobody has accepted it by name
 * @throws FaultError where Longhorn would go, and its volumes cannot be read
 */
export async function volumesBefore(
  operation: "up" | "destroy",
  { stack, cwd, json, allowDataLoss, skipVolumeCheck }: VolumeFlags,
  planned: { operations: StackOperations; plan: Plan },
  context: CommandContext,
): Promise<readonly VolumeAtStake[]> {
  const progress = context.progress(json);
  const volumes = await lookAtVolumes(planned.operations, planned.plan, {
    command: { operation, stack, cwd },
    accepted: acceptedNames(allowDataLoss).volumes,
    isSkipped: skipVolumeCheck,
    warn: (text) => progress.note(`warning: ${text}`),
  });
  if (volumes.length > 0) progress.note(volumesText(volumes));
  return volumes;
}
