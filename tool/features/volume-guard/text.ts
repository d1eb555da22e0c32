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
    `${words.name(operation)} on stack ${stack} is refused: it would uninstall Longhorn, and with it volumes that others use. Nothing was changed.`,
    ...refused.map((volume) => `  ${subjectText(volume)}: ${fateText(volume)}`),
    `      → keep Longhorn: ${keepingText(command)}`,
    ...(bound.length === 0
      ? []
      : [
          "      → move what is in them to volumes of another StorageClass, or delete the claims that nobody needs any more:",
        ]),
    ...bound.map(deletingText),
    ...(bound.length === refused.length
      ? []
      : [
          "      → what is attached without a claim is let go by Longhorn soon after its pod has gone; else detach it in Longhorn's UI",
        ]),
    "Where it is meant, it is said by name:",
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
    (name) => `  ${words.acceptance("dataLoss", name)}: what others would lose is ${used.join(", ") || "nothing"}`,
  );
}

function subjectText({ use, volume, claim, sizeBytes, workloads, name, state }: VolumeAtStake): string {
  const what = `${claim === undefined || name !== claim ? "volume" : `claim ${claim}, volume`} ${volume}`;
  const size = `${Number((sizeBytes / 1024 ** 3).toFixed(1))} GiB`;
  if (use === "left")
    return `${what} (${size}${claim === undefined ? "" : `, last of claim ${claim}`}), which nobody uses`;
  if (use === "own") return `${what} (${size}) of this stack`;
  const by = workloads.length === 0 ? "no pod at the moment" : workloads.join(", ");
  return name === claim
    ? `${what} (${size}, ${state}) of ${by}`
    : `${what} (${size}), ${state} though no claim is bound to it`;
}

function fateText({ fate, use, persistentVolume }: VolumeAtStake): string {
  if (fate === "kept") return `is kept; volume.existing builds a store on ${persistentVolume ?? "it"} again`;
  return use === "in-use" ? "would be deleted with everything in it" : "goes, with everything in it";
}

function keepingText({ operation, words }: GuardedCommand): string {
  if (operation !== "destroy") return 'put "longhorn" back into the configuration as it was';
  return `"stores: {}" in the configuration and ${words.invocation("up", nothingAccepted)} take the stores down and nothing else`;
}

function deletingText({ name: claim, workloads }: VolumeAtStake): string {
  const [namespace = "", name = ""] = claim.split("/");
  const first = workloads.length === 0 ? "" : ` (after ${workloads.join(", ")})`;
  return `        kubectl delete persistentvolumeclaim --namespace ${quoted(namespace)} ${quoted(name)}${first}`;
}
