import type { Attempt } from "../s3/attempt";
import {
  computeTimeline,
  secondsAfterFault,
  stageMeanings,
  type FailoverSubject,
  type Observation,
} from "../timeline/stages";

/** What is seen while a failure lasts. */
export interface LiveView {
  attempts: readonly Attempt[];
  observations: readonly Observation[];
  subject: FailoverSubject;
  /** Milliseconds since the epoch. */
  now: number;
}

/** One line: how long it lasts, what the clients get, and where node, pod and volume are. */
export function liveText({ attempts, observations, subject, now }: LiveView): string {
  const since = attempts.filter(({ endedAt }) => endedAt >= subject.faultAt);
  const failed = since.filter(({ ok }) => !ok).length;
  const last = since.at(-1);
  const client =
    failed === 0 ? "no request failed" : `${failed} requests failed${last?.ok === true ? ", it answers again" : ""}`;
  const stages = secondsAfterFault(computeTimeline(observations, subject).stages, subject.faultAt)
    .sort((one, other) => one.seconds - other.seconds)
    .slice(-2)
    .map(({ stage, seconds }) => `${stageMeanings[stage]} at ${seconds.toFixed(0)} s`);
  return [`${Math.round((now - subject.faultAt) / 1000)} s`, client, ...stages, volumeText(observations, subject)]
    .filter((text) => text !== "")
    .join("; ");
}

function volumeText(observations: readonly Observation[], { volume }: FailoverSubject): string {
  const seen = observations.findLast((one) => one.kind === "LonghornVolume" && one.name === volume);
  if (seen?.kind !== "LonghornVolume") return "";
  return `volume ${seen.state}${seen.node === "" ? "" : ` on ${seen.node}`}`;
}
