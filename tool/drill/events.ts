import { CoreV1Api, type CoreV1Event, type KubeConfig } from "@kubernetes/client-node";
import { readLonghornNamespace } from "../cluster/longhorn";
import type { StoreInCluster } from "../cluster/store/store-in-cluster";
import type { Observation } from "../cluster/failover-watch/stages";
import type { DrillRun } from "./report";

/** Whose events are told. */
export interface EventSubject {
  store: Pick<StoreInCluster, "namespace" | "name" | "volume" | "longhornVolume">;
  node: string;
  /** Milliseconds since the epoch, of this machine's clock. */
  faultAt: number;
  /** How far this machine's clock is ahead of the API server's. */
  clockOffsetSeconds: number;
}

/** Kubernetes' and Longhorn's events about the store, its volume and its node since the fault, and how Longhorn's volume changed. */
export async function readEvents(
  config: KubeConfig,
  subject: EventSubject,
  observations: readonly Observation[],
): Promise<DrillRun["events"]> {
  const core = config.makeApiClient(CoreV1Api);
  const lists = await Promise.all(
    [subject.store.namespace, await readLonghornNamespace(config), "default"].map((namespace) =>
      core.listNamespacedEvent({ namespace }),
    ),
  );
  const told = lists.flatMap(({ items }) => items).flatMap((event) => eventOf(event, subject));
  return [...told, ...volumeChanges(observations, subject)].sort((one, other) => one.seconds - other.seconds);
}

/** An event as the report has it; nothing where it is about something else, or was before the fault. */
export function eventOf(event: CoreV1Event, subject: EventSubject): DrillRun["events"] {
  const { store, node, faultAt, clockOffsetSeconds } = subject;
  const { kind = "", name = "" } = event.involvedObject;
  const ours = [node, store.name, store.volume, store.longhornVolume];
  const isOurs = ours.includes(name) || name.startsWith(`${store.name}-`);
  const at = event.lastTimestamp ?? event.eventTime ?? event.firstTimestamp;
  if (!isOurs || at === undefined) return [];
  const seconds = (new Date(at).getTime() - faultAt) / 1000 + clockOffsetSeconds;
  // Most events tell their time in whole seconds.
  if (seconds < -1) return [];
  return [{ seconds, object: `${kind} ${name}`, reason: event.reason ?? "", message: event.message ?? "" }];
}

/** What Longhorn's volume went through, in its own words. */
export function volumeChanges(
  observations: readonly Observation[],
  { store, faultAt }: EventSubject,
): DrillRun["events"] {
  let last = "";
  return observations.flatMap((seen) => {
    if (seen.kind !== "LonghornVolume" || seen.name !== store.longhornVolume) return [];
    const message = `${seen.state}, ${seen.robustness || "unknown"}${seen.node === "" ? "" : `, on ${seen.node}`}`;
    const isNew = message !== last;
    last = message;
    if (!isNew || seen.at < faultAt) return [];
    return [{ seconds: (seen.at - faultAt) / 1000, object: `Volume ${seen.name}`, reason: "State", message }];
  });
}
