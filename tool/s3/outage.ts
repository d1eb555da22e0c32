import type { Attempt } from "./attempt";

/** Outage from the view of an S3 client. */
export interface Outage {
  /** Time at which the first failed request was sent, in milliseconds since the epoch. */
  firstFailureAt: number;
  /** Time of the first successful request after the last failed one; undefined if there was none. */
  recoveredAt?: number;
  /** From the first failed request to the first successful one after which none failed; undefined if there was none. */
  seconds?: number;
  /** Number of series of failed requests, separated by successful ones: 1 for a single outage. */
  interruptions: number;
  failedRequests: number;
  /** Failed requests by kind of failure. */
  errors: Record<string, number>;
}

/**
 * Returns the outage after `faultAt`; undefined if no request failed that was running then or sent later. Requests are ordered
 * by the time of sending. A store that responds, fails again and then recovers counts as unavailable until its lasting
 * recovery.
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

/** Returns the numbers of writes that were acknowledged before the fault, and after the recovery. */
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
