import { stageMeanings, type StageName } from "../../../tool/cluster/failover-watch/stages";
import type { DrillReport, DrillRun, DrillSummary, RequestsInSecond } from "../../../tool/drill/report";

/** Reports as a drill makes them, for tests of what shows them. */

/** One run that went well. */
export function passingReport(): DrillReport {
  return reportOf([run(1, 48.5)]);
}

/** Three runs that went well, each a little slower. */
export function threeRunsReport(): DrillReport {
  return reportOf([run(1, 48.5), run(2, 52.1), run(3, 57.4)]);
}

/** As many runs as there are recovery times. */
export function reportWithRecoveries(recoveries: readonly number[]): DrillReport {
  return reportOf(recoveries.map((recovery, index) => run(index + 1, recovery)));
}

/** Two runs, of which the second lost writes and had two writers. */
export function failingReport(): DrillReport {
  const broken = run(2, 61.3);
  broken.ledger = {
    ...broken.ledger,
    verified: 573,
    lost: Array.from({ length: 12 }, (_, index) => `load/${index + 1}`),
    corrupt: ["load/77"],
    phantom: ["load/<b>&88"],
    unreadable: ["load/99"],
    isolated: { acknowledged: 12, lost: 12, asExpected: true },
  };
  broken.overlaps = [
    { of: "pods", fromSeconds: 31.2, toSeconds: 33.9, who: ["pod photos-a on node1", "pod photos-b on node2"] },
    { of: "processes", fromSeconds: 32.5, who: ["process 11 on node1", "process 12 on node2"] },
  ];
  broken.interruptions = 3;
  return {
    ...reportOf([run(1, 48.5), broken]),
    criteria: [
      { text: "max<=60s", value: 61.3, held: false },
      { text: "corrupt<=1", value: 1, held: true },
    ],
    leftovers: ["taint out-of-service on node1"],
    shortfalls: ["12 acknowledged writes are lost", "two could write at the same time"],
  };
}

/** The store did not come back, as its policy says. */
export function neverRecoveredReport(): DrillReport {
  const lasting: DrillRun = {
    ...run(1, 60),
    stages: stagesOf(60).slice(0, 1),
    ledger: { ...emptyLedger(), acknowledged: 50, verified: 50 },
  };
  delete lasting.newNode;
  delete lasting.recoverySeconds;
  delete lasting.outageSeconds;
  lasting.requests = requestsOf(Infinity);
  lasting.application = { sent: 100, failed: 4, hanging: 71, longestSeconds: 0.3 };
  return {
    ...reportOf([lasting]),
    predicted: { never: "the gateway stays with its node" },
    criteria: [{ text: "max<=200s", held: false }],
    shortfalls: ["the store did not come back within 120 s"],
  };
}

/** Nothing that a client could see happened. */
export function noOutageReport(): DrillReport {
  const quiet: DrillRun = { ...run(1, 0.1), stages: [], failedRequests: 0, interruptions: 0, errors: {} };
  delete quiet.outageSeconds;
  delete quiet.slowest;
  quiet.requests = requestsOf(0);
  quiet.application = { sent: 100, failed: 0, hanging: 0, longestSeconds: 0.1 };
  quiet.events = [];
  return { ...reportOf([quiet]), case: "switch-over" };
}

/** The report of these runs. */
export function reportOf(runs: DrillRun[]): DrillReport {
  return {
    drillVersion: 1,
    case: "node-failure",
    method: {
      name: "kubelet-killed",
      does: "SIGKILL to the kubelet & all of its containers' processes",
      simulates: "a power loss",
      doesNotSimulate: "a disk that is lost",
    },
    store: {
      namespace: "s3",
      name: "photos",
      accessMode: "ReadWriteOncePod",
      onNodeFailure: "AssumeDead",
      tolerationSeconds: 30,
      terminationGracePeriodSeconds: 10,
      podDeletionPolicy: "delete-deployment-pod",
    },
    cluster: {
      server: "https://127.0.0.1:6443",
      kubernetesVersion: "1.36.0",
      longhornVersion: "1.12.0",
      nodes: 3,
      sandboxProfile: "fast",
    },
    startedAt: "2026-01-01T00:00:00.000Z",
    seconds: 312.4,
    load: {
      url: "http://127.0.0.1:30080",
      perSecond: { PUT: 5, GET: 3, LIST: 1, MULTIPART: 1 },
      objectBytes: 4096,
      multipartBytes: 5_242_880,
    },
    predicted: { p50: 47.2, p95: 58.9, p99: 63.3 },
    runs,
    summary: summaryOf(runs),
    criteria: [
      { text: "max<=200s", value: Math.max(...runs.map(({ recoverySeconds }) => recoverySeconds ?? 0)), held: true },
    ],
    realAndSimulated: [
      { layer: "kubelet", inSandbox: "its real code", real: true },
      { layer: "disks", inSandbox: "absent", real: false },
    ],
    caveats: ["The fast profile shortens Kubernetes' timing constants."],
    leftovers: [],
    shortfalls: [],
  };
}

/** One run in which the store came back after so many seconds. */
export function run(number: number, recoverySeconds: number): DrillRun {
  const stages = stagesOf(recoverySeconds);
  return {
    number,
    faultAt: "2026-01-01T00:01:00.000Z",
    node: "node1",
    pod: "photos-gateway-5d9f-abcde",
    newNode: "node2",
    recoverySeconds,
    outageSeconds: Math.round((recoverySeconds - 0.2) * 10) / 10,
    interruptions: 1,
    failedRequests: 484,
    errors: { ECONNREFUSED: 400, TimeoutError: 84 },
    requests: requestsOf(recoverySeconds),
    application: { sent: 130, failed: 9, hanging: 1, longestSeconds: 31.7 },
    stages,
    slowest: {
      stage: "evicted",
      meaning: stageMeanings.evicted,
      seconds: 30.4,
      lever: "failover.speed or failover.tolerationSeconds",
    },
    ledger: emptyLedger(),
    overlaps: [],
    attachmentDeletions: 1,
    clock: { offsetSeconds: 0.004, uncertaintySeconds: 0.002 },
    events: [
      {
        seconds: 8.2,
        object: "Node node1",
        reason: "NodeNotReady",
        message: "Node node1 status is now: <NodeNotReady>",
      },
    ],
  };
}

function emptyLedger(): DrillRun["ledger"] {
  return {
    acknowledged: 588,
    verified: 588,
    lost: [],
    corrupt: [],
    phantom: [],
    unreadable: [],
    unacknowledgedButPresent: 2,
  };
}

function stagesOf(recovery: number): DrillRun["stages"] {
  const shares: [StageName, number, predicted: boolean][] = [
    ["nodeNotReady", 0.17, true],
    ["evicted", 0.72, true],
    ["attachmentDeleted", 0.78, true],
    ["oldPodGone", 0.8, true],
    ["attached", 0.93, true],
    ["ready", 0.98, true],
    ["routed", 0.99, false],
    ["firstAnswer", 1, true],
  ];
  return shares.map(([stage, share, predicted]) => ({
    stage,
    meaning: stageMeanings[stage],
    seconds: Math.round(recovery * share * 10) / 10,
    ...(predicted && { predicted: { p50: 47.2 * share, p95: 58.9 * share, p99: 63.3 * share } }),
  }));
}

function requestsOf(recovery: number): RequestsInSecond[] {
  return Array.from({ length: 100 }, (_, index) => index - 20).map((second) => {
    const down = second >= 0 && second < recovery;
    return {
      second,
      counts: down
        ? { PUT: [0, 5], GET: [0, 3], LIST: [0, 1] }
        : { PUT: [5, 0], GET: [3, 0], LIST: [1, 0], MULTIPART: [Math.abs(second % 2), 0] },
      ...(!down && { slowestSeconds: 0.02 }),
    };
  });
}

function summaryOf(runs: readonly DrillRun[]): DrillSummary {
  const total = (count: (run: DrillRun) => number): number => runs.reduce((sum, one) => sum + count(one), 0);
  return {
    runs: runs.length,
    recovered: runs.filter(({ recoverySeconds }) => recoverySeconds !== undefined).length,
    ...distribution("recoverySeconds", runs),
    ...distribution("outageSeconds", runs),
    acknowledged: total(({ ledger }) => ledger.acknowledged),
    lost: total(({ ledger }) => ledger.lost.length),
    corrupt: total(({ ledger }) => ledger.corrupt.length),
    phantom: total(({ ledger }) => ledger.phantom.length),
    overlaps: total(({ overlaps }) => overlaps.length),
  };
}

function distribution(quantity: "recoverySeconds" | "outageSeconds", runs: readonly DrillRun[]): Partial<DrillSummary> {
  const values = runs.flatMap((one) => one[quantity] ?? []).sort((one, other) => one - other);
  const [minimum, maximum] = [values[0], values.at(-1)];
  if (minimum === undefined || maximum === undefined) return {};
  const [lower, upper] = [values[Math.floor((values.length - 1) / 2)], values[Math.ceil((values.length - 1) / 2)]];
  const median = ((lower ?? NaN) + (upper ?? NaN)) / 2;
  return { [quantity]: { minimum, median, p95: values[Math.ceil(0.95 * values.length) - 1] ?? maximum, maximum } };
}
