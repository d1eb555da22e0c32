import type { VolumeAtStake } from "./volumes";

/** Names whose loss is accepted, by what they name. */
export interface AcceptedNames {
  /** Objects of the cluster as `namespace/name`: claims, or Longhorn's volumes. */
  volumes: readonly string[];
  /** Pulumi's names and URNs. */
  resources: readonly string[];
}

/** What Pulumi makes of this package has no slash in its name, and a URN has colons. */
const objectName = /^[a-z0-9][a-z0-9.-]*\/[a-z0-9][a-z0-9.-]*$/;

export function acceptedNames(names: readonly string[]): AcceptedNames {
  return {
    volumes: names.filter((name) => objectName.test(name)),
    resources: names.filter((name) => !objectName.test(name)),
  };
}

/** Volumes beside the names that have been accepted. */
export interface JudgedVolumes {
  /** Volumes of others that nobody has accepted to lose. */
  refused: readonly VolumeAtStake[];
  /** What was accepted although no volume of others of that name would go. */
  idle: readonly string[];
}

export function judgeVolumes(volumes: readonly VolumeAtStake[], accepted: readonly string[]): JudgedVolumes {
  const used = volumes.filter(({ use }) => use === "in-use");
  return {
    refused: used.filter(({ name }) => !accepted.includes(name)),
    idle: accepted.filter((one) => !used.some(({ name }) => name === one)),
  };
}
