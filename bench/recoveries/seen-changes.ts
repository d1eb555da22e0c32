import type { Observation } from "../../tool/cluster/failover-watch/stages";

/** A change: seconds after the failure, object, and new state. */
export type SeenChange = [seconds: number, object: string, state: string];

/** Returns the changes after the failure, without repetitions and without those of other volumes. */
export function changesOf(observations: readonly Observation[], faultAt: number, volume: string): SeenChange[] {
  const states = new Map<string, string>();
  const changes: SeenChange[] = [];
  for (const seen of observations) {
    if (seen.kind === "VolumeAttachment" && seen.volume !== volume) continue;
    if (seen.kind === "LonghornVolume" && seen.name !== volume) continue;
    const [object, state] = described(seen);
    if (states.get(object) === state) continue;
    states.set(object, state);
    if (seen.at >= faultAt) changes.push([(seen.at - faultAt) / 1000, object, state]);
  }
  return changes;
}

function described(seen: Observation): [object: string, state: string] {
  switch (seen.kind) {
    case "Node":
      return [`Node ${seen.name}`, seen.ready ? "ready" : "not ready"];
    case "Pod": {
      const state = seen.gone ? "gone" : seen.terminating ? "terminating" : seen.ready ? "ready" : "not ready";
      return [`Pod ${seen.uid.slice(0, 8)}`, `${state} on ${seen.node ?? "no node"}`];
    }
    case "VolumeAttachment":
      return [
        `VolumeAttachment ${seen.name.slice(0, 12)}`,
        `${seen.gone ? "gone" : seen.attached ? "attached" : "not attached"} to ${seen.node}`,
      ];
    case "EndpointSlice":
      return ["EndpointSlice", seen.readyPods.map((uid) => uid.slice(0, 8)).join(" ") || "empty"];
    case "LonghornVolume":
      return ["LonghornVolume", `${seen.state} ${seen.robustness} on ${seen.node || "no node"}`];
  }
}
