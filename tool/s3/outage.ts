import type { Attempt } from "./attempt";

/** What an S3 client saw of a failure. */
export interface Outage {
  /** When the first request that failed was sent, milliseconds since the epoch. */
  firstFailureAt: number;
  /** When the first request after the last failed one was answered; undefined when none was. */
  recoveredAt?: number;
  /** From the first failed request to the first successful one after which none failed; undefined when none succeeded. */
  seconds?: number;
  /** Runs of failed requests with answered ones between them: 1 when the store went and came back once. */
  interruptions: number;
  failedRequests: number;
  /** Failed requests by the kind of failure. */
  errors: Record<string, number>;
}

/**
 * The outage after `faultAt`: undefined when no request that was under way at that moment, or sent later, failed.
 * Requests are put in the order in which they were sent. A store that answers, fails again and then stays is counted as
 * down until it stays.
 */
export function computeOutage(attempts: readonly Attempt[], faultAt: number): Outage | undefined {
  const sent = attempts.filter((attempt) => attempt.endedAt >= faultAt).sort(bySending);
  const failed = sent.filter((attempt) => !attempt.ok);
  const first = failed[0];
  if (first === undefined) return undefined;
  const last = sent.lastIndexOf(failed[failed.length - 1] ?? first);
  const answersAfter = sent.slice(last + 1).map((attempt) => attempt.endedAt);
  const recoveredAt = answersAfter.length > 0 ? Math.min(...answersAfter) : undefined;
  return {
    firstFailureAt: first.sentAt,
    recoveredAt,
    seconds: recoveredAt === undefined ? undefined : (recoveredAt - first.sentAt) / 1000,
    interruptions: sent.filter((attempt, index) => !attempt.ok && (sent[index - 1]?.ok ?? true)).length,
    failedRequests: failed.length,
    errors: countBy(failed.map((attempt) => attempt.error ?? "unknown")),
  };
}

/** How many of `attempts` were acknowledged before the fault, and how many from the recovery on. */
export function acknowledgedAround(
  attempts: readonly Attempt[],
  faultAt: number,
  recoveredAt: number | undefined,
): { beforeFault: number; afterRecovery: number; total: number } {
  const acknowledged = attempts.filter((attempt) => attempt.ok);
  return {
    beforeFault: acknowledged.filter((attempt) => attempt.endedAt < faultAt).length,
    afterRecovery:
      recoveredAt === undefined ? 0 : acknowledged.filter((attempt) => attempt.endedAt >= recoveredAt).length,
    total: acknowledged.length,
  };
}

function bySending(a: Attempt, b: Attempt): number {
  return a.sentAt - b.sentAt || a.endedAt - b.endedAt || Number(a.ok) - Number(b.ok);
}

function countBy(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
