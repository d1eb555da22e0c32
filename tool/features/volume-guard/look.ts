import type { StackOperations } from "../../pulumi/operations";
import { faultError } from "../../diagnosis/fault";
import type { Plan } from "../guards/plan";
import { CoreV1Api, type KubeConfig } from "@kubernetes/client-node";
import { lookAt } from "../../diagnosis/on-cluster";
import { throwIfInterrupted } from "../../errors";
import { judgeVolumes } from "../guards/acknowledgements";
import { unlessAbsent } from "../../cluster/kubernetes";
import { listLonghorn, readLonghornNamespace, type LonghornVolume } from "../../cluster/longhorn";
import { concernsVolumes, plannedDeletion, type PlannedDeletion } from "./deletion";
import { volumesRefused } from "./refused";
import { volumesAtStake, type VolumeFacts } from "./volumes";
import type { VolumeAtStake } from "../guards/volume-at-stake";
import type { GuardedCommand } from "../guards/words";

/** Options of the check of volumes before an operation. */
export interface VolumesLook {
  command: GuardedCommand;
  /** Volumes of others that may be lost, as `namespace/name`. */
  accepted: readonly string[];
  /** Whether to skip the check. */
  isSkipped: boolean;
  /** Receives the skipped checks. */
  warn: (text: string) => void;
  signal?: AbortSignal;
}

/** Seconds after which a cluster counts as unreachable. */
const answerSeconds = 30;

/**
 * Checks the volumes that a plan would delete: with Longhorn, all volumes of the cluster.
 *
 * @throws VolumesInUseError if others use volumes that would be deleted without acceptance, GuardRefusedError if a volume is
 * accepted that would not be deleted
 * @throws FaultError if Longhorn would be uninstalled and its volumes cannot be read
 */
export async function lookAtVolumes(
  operations: Pick<StackOperations, "exported">,
  plan: Plan,
  look: VolumesLook,
): Promise<VolumeAtStake[]> {
  const { command, accepted, isSkipped, warn } = look;
  const isConcerned = concernsVolumes(plan);
  if (isSkipped) {
    if (isConcerned) warn("the check of other workloads' volumes was skipped, as requested");
    return [];
  }
  const deletion = isConcerned ? plannedDeletion(plan, await operations.exported()) : undefined;
  const volumes = deletion === undefined ? [] : await read(deletion, look);
  const judged = judgeVolumes(volumes, accepted);
  if (judged.refused.length + judged.idle.length > 0) throw volumesRefused(command, judged, volumes);
  return volumes;
}

async function read(deletion: PlannedDeletion, { command, warn, signal }: VolumesLook): Promise<VolumeAtStake[]> {
  const looked = await lookAt(deletion.connection, ({ config }) => readVolumes(config), answerSeconds, signal);
  if (looked.isKnown) return volumesAtStake(looked.seen, deletion);
  throwIfInterrupted(signal);
  const { reason, fault } = looked;
  if (!deletion.uninstallsLonghorn) {
    // Only its own volumes are concerned: what becomes of them is for the operation itself to tell.
    warn(`the effect on the volumes is unknown: ${reason}`);
    return [];
  }
  throw faultError(
    "Longhorn would be uninstalled with the volumes of all workloads, which could not be checked. Nothing was changed",
    [reason],
    [{ ...fault, remedy: `${fault.remedy} ${command.words.skipVolumeCheck} skips the check.` }],
  );
}

/** Reads all volumes of a cluster and the workloads that could use them. */
async function readVolumes(config: KubeConfig): Promise<VolumeFacts> {
  const core = config.makeApiClient(CoreV1Api);
  const [volumes, persistentVolumes, pods] = await Promise.all([
    unlessAbsent(listLonghorn<LonghornVolume>(config, "volumes")),
    core.listPersistentVolume(),
    core.listPodForAllNamespaces(),
  ]);
  return {
    longhornNamespace: await readLonghornNamespace(config),
    volumes: volumes ?? [],
    persistentVolumes: persistentVolumes.items,
    pods: pods.items,
  };
}
