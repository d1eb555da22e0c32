import type { VolumeAtStake } from "./volume-at-stake";
import type { GuardFinding, PlannedLoss } from "./findings";

/** Acknowledged losses, by Pulumi's names or URNs. */
export interface Acknowledged {
  /** Resources that may be lost, or stores and Longhorns with all their resources. */
  dataLoss: readonly string[];
  /** Stores and Longhorns that may be without protection. */
  unprotected: readonly string[];
}

/** Findings, compared with the acknowledgements. */
export interface Judged {
  /** Findings without an acknowledgement. */
  refused: readonly GuardFinding[];
  /** Acknowledgements without a finding. */
  idle: Acknowledged;
}

export function judge(findings: readonly GuardFinding[], { dataLoss, unprotected }: Acknowledged): Judged {
  const idleIn = (names: readonly string[], of: readonly GuardFinding[]): string[] =>
    names.filter((name) => !of.some((finding) => namesOf(finding).includes(name)));
  const isAccepted = (finding: GuardFinding): boolean =>
    (isLoss(finding) ? dataLoss : unprotected).some((name) => namesOf(finding).includes(name));
  return {
    refused: findings.filter((finding) => !isAccepted(finding)),
    idle: {
      dataLoss: idleIn(dataLoss, findings.filter(isLoss)),
      unprotected: idleIn(
        unprotected,
        findings.filter((finding) => !isLoss(finding)),
      ),
    },
  };
}

export function isLoss(finding: GuardFinding): finding is PlannedLoss {
  return finding.kind === "replacement" || finding.kind === "deletion";
}

/** Returns all names under which a finding can be acknowledged. */
function namesOf(finding: GuardFinding): string[] {
  return [finding.name, finding.urn, ...(isLoss(finding) ? finding.components : [])];
}

/** Names whose loss is accepted, by kind. */
export interface AcceptedNames {
  /** Objects of the cluster as `namespace/name`: claims, or Longhorn's volumes. */
  volumes: readonly string[];
  /** Pulumi's names and URNs. */
  resources: readonly string[];
}

/** Name of an object in a namespace. Pulumi names of this package contain no slash, and URNs contain colons. */
const objectName = /^[a-z0-9][a-z0-9.-]*\/[a-z0-9][a-z0-9.-]*$/;

export function acceptedNames(names: readonly string[]): AcceptedNames {
  return {
    volumes: names.filter((name) => objectName.test(name)),
    resources: names.filter((name) => !objectName.test(name)),
  };
}

/** Volumes, compared with the accepted names. */
export interface JudgedVolumes {
  /** Volumes of others whose loss was not accepted. */
  refused: readonly VolumeAtStake[];
  /** Accepted names without a volume of others that would be lost. */
  idle: readonly string[];
}

export function judgeVolumes(volumes: readonly VolumeAtStake[], accepted: readonly string[]): JudgedVolumes {
  const used = volumes.filter(({ use }) => use === "in-use");
  return {
    refused: used.filter(({ name }) => !accepted.includes(name)),
    idle: accepted.filter((one) => !used.some(({ name }) => name === one)),
  };
}
