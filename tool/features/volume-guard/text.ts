import type { VolumeAtStake } from "../guards/volume-at-stake";
import { quoted } from "../../../components/shell";
import { nothingAccepted, type GuardedCommand } from "../guards/words";

/** Returns the effect on each volume, one per line. */
export function volumesText(volumes: readonly VolumeAtStake[]): string {
  return volumes.map((volume) => `  ${subjectText(volume)}: ${fateText(volume)}`).join("\n");
}

/** Returns the reason why an operation is refused that would delete volumes of others, with each fix. */
export function refusedVolumesText(
  refused: readonly VolumeAtStake[],
  volumes: readonly VolumeAtStake[],
  command: GuardedCommand,
): string[] {
  const { operation, stack, words } = command;
  const bound = refused.filter(({ claim, name }) => claim === name);
  const accepted = volumes.filter(({ use }) => use === "in-use").map(({ name }) => name);
  return [
    `${words.name(operation)} on stack ${stack} is refused: it would uninstall Longhorn with volumes that others use. Nothing was changed.`,
    ...refused.map((volume) => `  ${subjectText(volume)}: ${fateText(volume)}`),
    `      → keep Longhorn: ${keepingText(command)}`,
    ...(bound.length === 0
      ? []
      : ["      → move the data to volumes of another StorageClass, or delete unused claims:"]),
    ...bound.map(deletingText),
    ...(bound.length === refused.length
      ? []
      : [
          "      → Longhorn detaches a volume without a claim soon after its pod is deleted; otherwise detach it in Longhorn's UI",
        ]),
    "To accept this, name it:",
    `  ${words.invocation(operation, { ...nothingAccepted, dataLoss: accepted })}`,
  ];
}

/** Returns the errors of accepted names that match no volume. */
export function idleVolumesText(
  idle: readonly string[],
  volumes: readonly VolumeAtStake[],
  { words }: GuardedCommand,
): string[] {
  const used = volumes.filter(({ use }) => use === "in-use").map(({ name }) => name);
  return idle.map(
    (name) => `  ${words.acceptance("dataLoss", name)}: planned losses of others are ${used.join(", ") || "nothing"}`,
  );
}

function subjectText({ use, volume, claim, sizeBytes, workloads, name, state }: VolumeAtStake): string {
  const what = `${claim === undefined || name !== claim ? "volume" : `claim ${claim}, volume`} ${volume}`;
  const size = `${Number((sizeBytes / 1024 ** 3).toFixed(1))} GiB`;
  if (use === "left") return `${what} (${size}${claim === undefined ? "" : `, last of claim ${claim}`}), unused`;
  if (use === "own") return `${what} (${size}) of this stack`;
  const by = workloads.length === 0 ? "no pod currently" : workloads.join(", ");
  return name === claim
    ? `${what} (${size}, ${state}) of ${by}`
    : `${what} (${size}), ${state} although no claim is bound to it`;
}

function fateText({ fate, use, persistentVolume }: VolumeAtStake): string {
  if (fate === "kept") return `is kept; a store can be rebuilt on ${persistentVolume ?? "it"} with volume.existing`;
  return use === "in-use" ? "would be deleted with its data" : "is deleted with its data";
}

function keepingText({ operation, words }: GuardedCommand): string {
  if (operation !== "destroy") return 'restore "longhorn" in the configuration';
  return `"stores: {}" in the configuration and ${words.invocation("up", nothingAccepted)} delete only the stores`;
}

function deletingText({ name: claim, workloads }: VolumeAtStake): string {
  const [namespace = "", name = ""] = claim.split("/");
  const first = workloads.length === 0 ? "" : ` (after ${workloads.join(", ")})`;
  return `        kubectl delete persistentvolumeclaim --namespace ${quoted(namespace)} ${quoted(name)}${first}`;
}
