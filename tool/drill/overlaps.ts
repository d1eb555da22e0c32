import type { ProcessOnVolume, SandboxAlarm } from "../../sandbox";
import type { Observation } from "../cluster/failover-watch/stages";
import type { Overlap } from "./report";

/** Period during which an object of the given kind could write. */
interface Span {
  who: string;
  from: number;
  /** Absent if the period has not ended. */
  to?: number;
}

/**
 * Returns the periods in which two pods of the gateway were ready. A pod on an unreachable node counts until it is NotReady.
 */
export function podOverlaps(observations: readonly Observation[], faultAt: number): Overlap[] {
  const spans = new Spans();
  for (const seen of observations) {
    if (seen.kind !== "Pod") continue;
    spans.set(`pod ${seen.uid} on ${seen.node ?? "no node"}`, seen.ready && !seen.gone, seen.at);
  }
  return overlapsOf("pods", spans.all, faultAt);
}

/** Returns the periods in which the volume was attached to two nodes. */
export function attachmentOverlaps(observations: readonly Observation[], volume: string, faultAt: number): Overlap[] {
  const spans = new Spans();
  for (const seen of observations) {
    if (seen.kind !== "VolumeAttachment" || seen.volume !== volume) continue;
    spans.set(`attachment to ${seen.node}`, seen.attached && !seen.gone, seen.at);
  }
  return overlapsOf("attachments", spans.all, faultAt);
}

/**
 * Returns the periods in which two processes used the volume's data, as the sandbox observed them. `volume` is the name of
 * Longhorn's volume.
 */
export function processOverlaps(alarms: readonly SandboxAlarm[], volume: string, faultAt: number): Overlap[] {
  const groups = new Map<string, Overlap>();
  for (const alarm of alarms) {
    if (alarm.volume !== volume) continue;
    const who = alarm.processes.map(processText).sort();
    const key = who.join();
    const at = (Date.parse(alarm.time) - faultAt) / 1000;
    const known = groups.get(key);
    groups.set(key, { of: "processes", fromSeconds: known?.fromSeconds ?? at, toSeconds: at, who });
  }
  return [...groups.values()];
}

function processText({ pod, node, pid }: ProcessOnVolume): string {
  return `process ${pid} of ${pod} on ${node}`;
}

function overlapsOf(of: Overlap["of"], spans: readonly Span[], faultAt: number): Overlap[] {
  return spans.flatMap((one, index) =>
    spans.slice(index + 1).flatMap((other): Overlap[] => {
      const from = Math.max(one.from, other.from);
      const to = Math.min(one.to ?? Infinity, other.to ?? Infinity);
      if (one.who === other.who || from >= to) return [];
      const fromSeconds = (from - faultAt) / 1000;
      const who = [one.who, other.who];
      return [{ of, fromSeconds, ...(Number.isFinite(to) && { toSeconds: (to - faultAt) / 1000 }), who }];
    }),
  );
}

/** Periods in which each writer was able to write. */
class Spans {
  readonly all: Span[] = [];

  set(who: string, is: boolean, at: number): void {
    const open = this.all.find((span) => span.who === who && span.to === undefined);
    if (is && open === undefined) this.all.push({ who, from: at });
    if (!is && open !== undefined) open.to = at;
  }
}
