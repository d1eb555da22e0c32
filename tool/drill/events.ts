import { CoreV1Api, type CoreV1Event, type KubeConfig } from "@kubernetes/client-node";
import { readLonghornNamespace } from "../cluster/longhorn";
import type { StoreInCluster } from "../cluster/store/store-in-cluster";
import type { Observation } from "../cluster/failover-watch/stages";
import type { DrillRun } from "./report";

/** Subject of the events. */
export interface EventSubject {
  store: Pick<StoreInCluster, "namespace" | "name" | "volume" | "longhornVolume">;
  node: string;
  /** Time of the fault by this machine's clock, in milliseconds since the epoch. */
  faultAt: number;
  /** Offset of this machine's clock from that of the API server. */
  clockOffsetSeconds: number;
}

/**
 * Reads the events of Kubernetes and Longhorn about the store, its volume and its node since the fault, and the changes of
 * Longhorn's volume.
 */
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

/** Returns an event as it is in the report; undefined if it is about another object or from before the fault. */
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

/** Returns the state changes of Longhorn's volume. */
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
