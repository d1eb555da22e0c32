import type { GuardFinding, PlannedLoss } from "./findings";

/** What somebody has said beforehand that they accept, by Pulumi's names or by URNs. */
export interface Acknowledged {
  /** Resources that may be lost, or stores and Longhorns with everything in them. */
  dataLoss: readonly string[];
  /** Stores and Longhorns that may be without protection. */
  unprotected: readonly string[];
}

/** Findings beside what has been acknowledged. */
export interface Judged {
  /** Findings that nobody has acknowledged. */
  refused: readonly GuardFinding[];
  /** What was acknowledged although nothing of the kind is planned. */
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

/** Each name under which a finding can be acknowledged. */
function namesOf(finding: GuardFinding): string[] {
  return [finding.name, finding.urn, ...(isLoss(finding) ? finding.components : [])];
}
