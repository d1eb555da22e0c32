import { kubeConfigOf, type Connection } from "../../cluster/connection";
import type { StackOperations } from "../../pulumi/operations";
import { faultError } from "../../diagnosis/fault";
import { noCluster } from "../../diagnosis/no-cluster";
import type { Plan } from "../guards/plan";
import { skippingText, type GuardedCommand } from "../guards/invocation";
import { within } from "../../waiting";
import { judgeVolumes } from "./accepted";
import { concernsVolumes, plannedDeletion, type PlannedDeletion } from "./deletion";
import { readVolumes } from "./read-volumes";
import { VolumesRefused } from "./refused";
import { volumesAtStake, type VolumeAtStake, type VolumeFacts } from "./volumes";

/** How volumes are looked at before an operation. */
export interface VolumesLook {
  command: GuardedCommand;
  /** Volumes of others that may be lost, as `namespace/name`. */
  accepted: readonly string[];
  /** Whether to go on without having looked. */
  isSkipped: boolean;
  /** Told what was not looked at. */
  warn: (text: string) => void;
}

/** A cluster that does not answer by then does not answer. */
const answerSeconds = 30;

/**
 * Looks at the volumes that would go with what a plan deletes: with Longhorn, all that it has, whoever uses them.
 *
 * @throws VolumesRefused where others use volumes that would go, and nobody has accepted it by name
 * @throws FaultError where Longhorn would go, and its volumes cannot be read
 */
export async function lookAtVolumes(
  operations: Pick<StackOperations, "exported">,
  plan: Plan,
  look: VolumesLook,
): Promise<VolumeAtStake[]> {
  const { command, accepted, isSkipped, warn } = look;
  const isConcerned = concernsVolumes(plan);
  if (isSkipped) {
    if (isConcerned) warn("the volumes of other workloads were not looked at, as was asked for");
    return [];
  }
  const deletion = isConcerned ? plannedDeletion(plan, await operations.exported()) : undefined;
  const volumes = deletion === undefined ? [] : await read(deletion, look);
  const judged = judgeVolumes(volumes, accepted);
  if (judged.refused.length + judged.idle.length > 0) throw new VolumesRefused(command, judged, volumes);
  return volumes;
}

async function read(deletion: PlannedDeletion, { command, warn }: VolumesLook): Promise<VolumeAtStake[]> {
  try {
    return volumesAtStake(await within(answerSeconds, factsOf(deletion.connection)), deletion);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (!deletion.uninstallsLonghorn) {
      // Only its own volumes are concerned: what becomes of them is for the operation itself to tell.
      warn(`not known what becomes of the volumes: ${reason}`);
      return [];
    }
    const { remedy, ...fault } = noCluster(error);
    throw faultError(
      "Longhorn would be uninstalled, and with it the volumes of all workloads, which were not looked at; nothing was changed",
      [reason],
      [{ ...fault, remedy: `${remedy} ${skippingText(command)} goes on without having looked.` }],
    );
  }
}

/** What is wrong with a kubeconfig comes as a failure, too. */
async function factsOf(connection: Connection): Promise<VolumeFacts> {
  return readVolumes(kubeConfigOf(connection));
}
