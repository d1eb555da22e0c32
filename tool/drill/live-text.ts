import { table } from "../terminal/table";
import type { Attempt } from "../s3/attempt";
import {
  computeTimeline,
  secondsAfterFault,
  stageMeanings,
  type FailoverSubject,
  type Observation,
} from "../cluster/failover-watch/stages";

/** Observations during a failure. */
export interface LiveView {
  attempts: readonly Attempt[];
  observations: readonly Observation[];
  subject: FailoverSubject;
  /** Name of Longhorn's volume. */
  longhornVolume: string;
  /** Milliseconds since the epoch. */
  now: number;
}

/** Returns one line, for logs too: the elapsed time, the results of the clients, and the state of node, pod and volume. */
export function liveText({ attempts, observations, subject, longhornVolume, now }: LiveView): string {
  const since = attempts.filter(({ endedAt }) => endedAt >= subject.faultAt);
  const failed = since.filter(({ ok }) => !ok).length;
  const last = since.at(-1);
  const client =
    failed === 0
      ? "no request failed"
      : `${failed} requests failed${last?.ok === true ? ", requests succeed again" : ""}`;
  const stages = secondsAfterFault(computeTimeline(observations, subject).stages, subject.faultAt)
    .sort((one, other) => one.seconds - other.seconds)
    .slice(-2)
    .map(({ stage, seconds }) => `${stageMeanings[stage]} at ${seconds.toFixed(0)} s`);
  const volume = volumeTexts(observations, longhornVolume).map((text) => `volume ${text}`);
  return [`${Math.round((now - subject.faultAt) / 1000)} s`, client, ...stages, ...volume].join("; ");
}

/**
 * Returns the lines for a terminal: the current state of the failed node, the store's pods and attachments, its volume and its
 * clients.
 */
export function liveLines({ attempts, observations, subject, longhornVolume }: Omit<LiveView, "now">): string[] {
  const rows = [
    ...lastOf(observations, "Node", ({ name }) => name)
      .filter(({ name }) => name === subject.node)
      .map(({ name, ready, outOfService }) => [
        "node",
        `${name}: ${readyText(ready)}${outOfService ? ", out of service" : ""}`,
      ]),
    ...orNone(
      "pod",
      lastOf(observations, "Pod", ({ uid }) => uid)
        .filter(({ gone }) => !gone)
        .map(
          ({ node, ready, terminating }) =>
            `on ${node ?? "no node yet"}: ${readyText(ready)}${terminating ? ", terminating" : ""}`,
        ),
    ),
    ...orNone(
      "attachment",
      lastOf(observations, "VolumeAttachment", ({ name }) => name)
        .filter(({ volume, gone }) => volume === subject.volume && !gone)
        .map(({ node, attached }) => `to ${node}: ${attached ? "attached" : "not attached yet"}`),
    ),
    ...volumeTexts(observations, longhornVolume).map((text) => ["volume", text]),
    ["client", clientText(attempts, subject)],
  ];
  return table(rows).split("\n");
}

type Of<Kind extends Observation["kind"]> = Observation & { kind: Kind };

/** Returns the last observation of each object of a kind, in the order of the first observations. */
function lastOf<Kind extends Observation["kind"]>(
  observations: readonly Observation[],
  kind: Kind,
  keyOf: (seen: Of<Kind>) => string,
): Of<Kind>[] {
  const last = new Map<string, Of<Kind>>();
  for (const seen of observations) {
    if (isOf(seen, kind)) last.set(keyOf(seen), seen);
  }
  return [...last.values()];
}

function isOf<Kind extends Observation["kind"]>(seen: Observation, kind: Kind): seen is Of<Kind> {
  return seen.kind === kind;
}

function readyText(ready: boolean): string {
  return ready ? "ready" : "not ready";
}

function orNone(what: string, texts: readonly string[]): string[][] {
  return texts.length === 0 ? [[what, "none"]] : texts.map((text) => [what, text]);
}

function clientText(attempts: readonly Attempt[], { faultAt }: FailoverSubject): string {
  const since = attempts.filter(({ endedAt }) => endedAt >= faultAt);
  if (since.length === 0) return "no request since the fault";
  const failed = since.filter(({ ok }) => !ok).length;
  const answered = since.findLast(({ ok }) => ok);
  const last =
    answered === undefined
      ? "none succeeded"
      : `the last success at ${((answered.endedAt - faultAt) / 1000).toFixed(0)} s`;
  return `${failed} of ${since.length} requests since the fault failed, ${last}`;
}

/** Returns texts such as `attached on node1`; empty before the first observation. */
function volumeTexts(observations: readonly Observation[], longhornVolume: string): string[] {
  return lastOf(observations, "LonghornVolume", ({ name }) => name)
    .filter(({ name }) => name === longhornVolume)
    .map(({ state, node }) => `${state}${node === "" ? "" : ` on ${node}`}`);
}
