import type { DrillReport, DrillRun } from "../../tool/drill/report";

/** One run of a drill, as it is kept: without each second's requests, and of the events only how Longhorn's volume changed. */
export interface DrilledRun extends Omit<DrillRun, "requests" | "events"> {
  case: DrillReport["case"];
  method: string;
  onNodeFailure: string;
  accessMode: string;
  profile?: string;
  predicted: DrillReport["predicted"];
  /** What was drilled: a store of this package, or a rival. */
  store: string;
  /** Sandboxes side by side, and which of them. */
  beds: number;
  bed: number;
  /** Load average of one minute at the end of the run, a hint of how busy the machine was. */
  load: number;
  /** Longhorn's states of the volume: seconds after the fault, and the state. */
  volume: [seconds: number, state: string][];
}

/** Up to so many names of objects are kept where many are lost. */
const named = 3;

/** The kept form of a run. */
export function keptRun(
  { requests: _, events, ledger, ...run }: DrillRun,
  report: Omit<DrillReport, "shortfalls" | "runs">,
  at: Pick<DrilledRun, "bed" | "beds" | "load" | "store">,
): DrilledRun & { lost: number } {
  const { case: drillCase, method, store, cluster, predicted } = report;
  return {
    case: drillCase,
    method: method.name,
    ...{ onNodeFailure: store.onNodeFailure, accessMode: store.accessMode, predicted },
    ...(cluster.sandboxProfile !== undefined && { profile: cluster.sandboxProfile }),
    ...at,
    ...run,
    lost: ledger.lost.length,
    ledger: { ...ledger, lost: ledger.lost.slice(0, named) },
    volume: events.flatMap(({ reason, seconds, message }) => (reason === "State" ? [[seconds, message]] : [])),
  };
}

/** Seconds that Longhorn's double took to detach and attach the volume, up to the moment at which it was attached. */
export function simulatedSeconds(volume: DrilledRun["volume"], from: number, to: number): number {
  return volume.reduce((sum, [begin, state], index) => {
    if (!/^(de|at)taching\b/.test(state)) return sum;
    const end = volume[index + 1]?.[0] ?? to;
    return sum + Math.max(0, Math.min(end, to) - Math.max(begin, from));
  }, 0);
}
