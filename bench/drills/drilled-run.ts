import type { DrillReport, DrillRun } from "../../tool/drill/report";

/** A run of a drill as recorded: without the requests of each second, and only with the events of Longhorn's volume. */
export interface DrilledRun extends Omit<DrillRun, "requests" | "events"> {
  case: DrillReport["case"];
  method: string;
  onNodeFailure: string;
  accessMode: string;
  profile?: string;
  predicted: DrillReport["predicted"];
  /** Store of the drill: one of this package, or a rival. */
  store: string;
  /** Number of parallel sandboxes, and index of this one. */
  beds: number;
  bed: number;
  /** Load average of one minute at the end of the run. */
  load: number;
  /** States of the Longhorn volume, with the seconds after the failure. */
  volume: [seconds: number, state: string][];
}

/** Maximum number of recorded names of lost objects. */
const named = 3;

/** Returns the recorded form of a run. */
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

/** Returns the seconds that the simulated Longhorn took to detach and attach the volume. */
export function simulatedSeconds(volume: DrilledRun["volume"], from: number, to: number): number {
  return volume.reduce((sum, [begin, state], index) => {
    if (!/^(de|at)taching\b/.test(state)) return sum;
    const end = volume[index + 1]?.[0] ?? to;
    return sum + Math.max(0, Math.min(end, to) - Math.max(begin, from));
  }, 0);
}
