import type { Attempt } from "../s3/attempt";
import { computeOutage, type Outage } from "../s3/outage";
import { contentErrors } from "./load";
import type { RequestsInSecond } from "./report";

/**
 * Returns the outage after a fault, from the requests that show the availability of the endpoint. Multipart uploads are
 * ignored, because one that the failure interrupts may return an error long after it. A read with different content is not an
 * outage.
 */
export function outageOf(attempts: readonly Attempt[], faultAt: number): Outage | undefined {
  return computeOutage(
    attempts
      .filter(({ kind }) => kind !== "MULTIPART")
      .map((one) => (contentErrors.includes(one.error ?? "") ? { ...one, ok: true } : one)),
    faultAt,
  );
}

/** Time without failed requests after which the store counts as recovered. */
const settleMs = 5_000;
/** Time without failed requests after which the fault counts as unnoticed by clients. */
const unseenMs = 30_000;

/** Returns whether a failure is over for the clients: requests succeed again for a while, or none ever failed. */
export function isOver(attempts: readonly Attempt[], faultAt: number, now: number): boolean {
  const outage = outageOf(attempts, faultAt);
  if (outage === undefined) return now - faultAt > unseenMs;
  const { recoveredAt } = outage;
  return recoveredAt !== undefined && attempts.some(({ ok, sentAt }) => ok && sentAt >= recoveredAt + settleMs);
}

/** Counts successful and failed requests by the second in which they were sent, relative to the fault. */
export function requestsBySecond(attempts: readonly Attempt[], faultAt: number): RequestsInSecond[] {
  const seconds = new Map<number, RequestsInSecond>();
  for (const { kind, sentAt, endedAt, ok } of attempts) {
    const second = Math.floor((sentAt - faultAt) / 1000);
    const entry = seconds.get(second) ?? { second, counts: {} };
    const [answered, failed] = entry.counts[kind] ?? [0, 0];
    entry.counts[kind] = ok ? [answered + 1, failed] : [answered, failed + 1];
    if (ok) entry.slowestSeconds = Math.max(entry.slowestSeconds ?? 0, (endedAt - sentAt) / 1000);
    seconds.set(second, entry);
  }
  return [...seconds.values()].sort((one, other) => one.second - other.second);
}
