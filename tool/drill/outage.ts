import type { Attempt } from "../s3/attempt";
import { computeOutage, type Outage } from "../s3/outage";
import { contentErrors } from "./load";
import type { RequestsInSecond } from "./report";

/**
 * The outage after a fault, from the requests that tell whether the endpoint is there. Uploads in parts are left out: one that was cut
 * in two by the failure may end with an error long after it. A read that was answered with other content is no outage.
 */
export function outageOf(attempts: readonly Attempt[], faultAt: number): Outage | undefined {
  return computeOutage(
    attempts
      .filter(({ kind }) => kind !== "MULTIPART")
      .map((one) => (contentErrors.includes(one.error ?? "") ? { ...one, ok: true } : one)),
    faultAt,
  );
}

/** The store has recovered when this long no request has failed. */
const settleMs = 5_000;
/** Where no request has failed for so long after a fault, it has not been seen. */
const unseenMs = 30_000;

/** Whether a failure is over for the clients: they are answered again, for a while, or never noticed it. */
export function isOver(attempts: readonly Attempt[], faultAt: number, now: number): boolean {
  const outage = outageOf(attempts, faultAt);
  if (outage === undefined) return now - faultAt > unseenMs;
  const { recoveredAt } = outage;
  return recoveredAt !== undefined && attempts.some(({ ok, sentAt }) => ok && sentAt >= recoveredAt + settleMs);
}

/** Answered and failed requests by the second, relative to the fault, in which they were sent. */
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
