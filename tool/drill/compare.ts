import { median, medianDifference, medianDifferenceInterval } from "./statistics";
import type { DrillReport, DrillRun } from "./report";
import { stagesOverRuns } from "./summary";
import { stageNames, type StageName } from "../cluster/failover-watch/stages";

/** Version of the comparison. Increases when a field is removed or changes its meaning. */
const comparisonVersion = 1;

/** Number of runs on each side below which a bootstrap interval is meaningless. */
export const runsThatDecide = 5;

/** Comparison of two drills. Durations are in seconds. */
export interface DrillComparison {
  comparisonVersion: typeof comparisonVersion;
  /** Whether both drills injected the same failure into the same setup, as far as known. */
  comparable: boolean;
  /** All differences, including those that do not prevent the comparison. */
  differences: DifferentCondition[];
  runs: Both<{ all: number; recovered: number }>;
  recovery: ComparedTime;
  /** Outage; 0 for a run in which no request failed. */
  outage: ComparedTime;
  /**
   * Longest successful write of an application with the SDK's defaults. Requests that hung at the end are counted separately.
   */
  application: ComparedTime & { failed: Both<number>; hanging: Both<number> };
  stages: ({ stage: StageName; meaning: string } & ComparedTime)[];
  counts: { what: "lost" | "corrupt" | "never sent" | "overlaps"; before: number; after: number }[];
  /** Whether the recovery became slower. */
  slower: boolean;
  /** Interval that contains the difference of the median recoveries with 95 % confidence; absent if a bound is infinite. */
  interval?: readonly [lowest: number, highest: number];
  /** Whether the number of runs suffices for a decision. */
  decided: boolean;
  /** Whether more writes per run were lost or came back with different content. */
  moreLost: boolean;
}

export interface Both<T> {
  before: T;
  after: T;
}

/** Time over all runs; a value is absent if there was none, or if the median or the longest one did not end. */
export interface ComparedTime {
  before: { median?: number; maximum?: number };
  after: { median?: number; maximum?: number };
  /** Increase of the median. */
  difference?: number;
}

/** Returns the changes in recovery time and in losses between two drills. */
export function compareDrills(before: DrillReport, after: DrillReport): DrillComparison {
  const differences = differentConditions(before, after);
  const recoveries = { before: recoveriesOf(before), after: recoveriesOf(after) };
  const counts = comparedCounts(before, after);
  return {
    comparisonVersion,
    comparable: differences.every(({ forbidsComparison }) => !forbidsComparison),
    differences,
    runs: both(before, after, ({ summary: { runs, recovered } }) => ({ all: runs, recovered })),
    recovery: comparedTime(recoveries.before, recoveries.after),
    outage: comparedTime(before.runs.map(outageOf), after.runs.map(outageOf)),
    application: comparedApplication(before, after),
    stages: comparedStages(before, after),
    counts,
    ...decision(recoveries.before, recoveries.after),
    moreLost: counts.some(
      (count) =>
        (count.what === "lost" || count.what === "corrupt") &&
        count.after * before.runs.length > count.before * after.runs.length,
    ),
  };
}

/** Returns the recovery times. A run without recovery counts as infinitely long. */
function recoveriesOf({ runs }: DrillReport): number[] {
  return runs.map(({ recoverySeconds }) => recoverySeconds ?? Infinity);
}

function outageOf({ failedRequests, outageSeconds }: DrillRun): number {
  return outageSeconds ?? (failedRequests === 0 ? 0 : Infinity);
}

function decision(
  before: readonly number[],
  after: readonly number[],
): Pick<DrillComparison, "slower" | "interval" | "decided"> {
  if (Math.min(before.length, after.length) < runsThatDecide) {
    return { slower: medianDifference(before, after) > 0, decided: false };
  }
  const interval = medianDifferenceInterval(before, after);
  return { slower: interval[0] > 0, ...(interval.every(Number.isFinite) && { interval }), decided: true };
}

function comparedTime(before: readonly number[], after: readonly number[]): ComparedTime {
  const difference = before.length * after.length === 0 ? NaN : medianDifference(before, after);
  return {
    before: timeOf(before),
    after: timeOf(after),
    ...(Number.isFinite(difference) && median(before) !== Infinity && { difference }),
  };
}

function timeOf(values: readonly number[]): ComparedTime["before"] {
  const [middle, maximum] = [median(values), Math.max(...values)];
  return {
    ...(Number.isFinite(middle) && { median: middle }),
    ...(Number.isFinite(maximum) && { maximum }),
  };
}

function comparedApplication(before: DrillReport, after: DrillReport): DrillComparison["application"] {
  const longest = ({ runs }: DrillReport): number[] => runs.map(({ application }) => application.longestSeconds);
  const total = (count: "failed" | "hanging") =>
    both(before, after, ({ runs }) => runs.reduce((sum, { application }) => sum + application[count], 0));
  return { ...comparedTime(longest(before), longest(after)), failed: total("failed"), hanging: total("hanging") };
}

function comparedStages(before: DrillReport, after: DrillReport): DrillComparison["stages"] {
  const [ones, others] = [stagesOverRuns(before.runs), stagesOverRuns(after.runs)];
  const names = new Set([...stageNames, ...[...ones, ...others].map(({ stage }) => stage)]);
  return [...names].flatMap((stage) => {
    const [one, other] = [ones, others].map((stages) => stages.find((reached) => reached.stage === stage));
    const meaning = (other ?? one)?.meaning;
    return meaning === undefined
      ? []
      : [{ stage, meaning, ...comparedTime(one?.measured ?? [], other?.measured ?? []) }];
  });
}

function comparedCounts({ summary: one }: DrillReport, { summary: other }: DrillReport): DrillComparison["counts"] {
  return [
    { what: "lost", before: one.lost, after: other.lost },
    { what: "corrupt", before: one.corrupt, after: other.corrupt },
    { what: "never sent", before: one.phantom, after: other.phantom },
    { what: "overlaps", before: one.overlaps, after: other.overlaps },
  ];
}

function both<T>(before: DrillReport, after: DrillReport, of: (report: DrillReport) => T): Both<T> {
  return { before: of(before), after: of(after) };
}

/** Difference in the conditions of two drills. */
interface DifferentCondition {
  what: string;
  before: string;
  after: string;
  /** Whether it prevents the comparison. Otherwise it may be the subject of the comparison. */
  forbidsComparison: boolean;
}

/** Returns the differences in the conditions of two drills, those that prevent a comparison first. */
function differentConditions(before: DrillReport, after: DrillReport): DifferentCondition[] {
  const others = new Map(conditionsOf(after).map(([what, value]) => [what, value]));
  return conditionsOf(before)
    .map(([what, value, forbidsComparison]) => ({
      what,
      before: value,
      after: others.get(what) ?? "",
      forbidsComparison,
    }))
    .filter(({ before: one, after: other }) => one !== other);
}

type Condition = readonly [what: string, value: string, forbidsComparison: boolean];

function conditionsOf({ case: drillCase, method, store, cluster, load }: DrillReport): Condition[] {
  const { tolerationSeconds, terminationGracePeriodSeconds } = store;
  const rates = Object.entries(load.perSecond).map(([kind, rate]) => `${kind} ${rate}`);
  return [
    ["case", drillCase, true],
    ["method", method.name, true],
    ["profile", cluster.sandboxProfile ?? "none (real cluster)", true],
    ["failover decision", store.onNodeFailure, true],
    ["requests per second", rates.sort().join(", "), true],
    ["bytes of an object", String(load.objectBytes), true],
    ["bytes of a multipart upload", String(load.multipartBytes), true],
    ["store", `${store.namespace}/${store.name}`, false],
    ["access mode", store.accessMode, false],
    ["toleration", tolerationSeconds === undefined ? "for ever" : `${tolerationSeconds} s`, false],
    ["grace period", `${terminationGracePeriodSeconds} s`, false],
    ["podDeletionPolicy", store.podDeletionPolicy, false],
    ["API server", cluster.server, false],
    ["Kubernetes", cluster.kubernetesVersion, false],
    ["Longhorn", cluster.longhornVersion, false],
    ["nodes", String(cluster.nodes), false],
  ];
}
