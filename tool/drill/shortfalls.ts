import { OnNodeFailure } from "../../index";
import { DrillCase } from "./cases";
import type { DrillReport, DrillRun } from "./report";

/** Returns all reasons for which a drill counts as failed, one sentence each. */
export function shortfallsOf(report: Omit<DrillReport, "shortfalls">): string[] {
  const losesByDecision =
    report.case === DrillCase.Partition && report.store.onNodeFailure === OnNodeFailure.AssumeDead;
  return [
    ...report.runs.flatMap((run) =>
      [
        ...recoveryShortfalls(run, report.case),
        ...ledgerShortfalls(run, losesByDecision),
        ...overlapShortfalls(run, losesByDecision),
      ].map((text) => `run ${run.number}: ${text}`),
    ),
    ...report.criteria
      .filter(({ held }) => !held)
      .map(({ text, value }) => `${text} was required, but it is ${value === undefined ? "unknown" : round(value)}`),
    ...report.leftovers.map((left) => `not reverted: ${left}`),
  ];
}

/** Case that clients may not notice: a node returns to a store that has moved. */
const mayBeUnseen: DrillCase = DrillCase.NodeReturn;

function recoveryShortfalls({ recoverySeconds, failedRequests }: DrillRun, drillCase: DrillCase): string[] {
  if (failedRequests === 0) {
    return drillCase === mayBeUnseen ? [] : ["no request failed: the client did not notice the failure"];
  }
  return recoverySeconds === undefined ? ["the store did not recover"] : [];
}

function ledgerShortfalls({ ledger }: DrillRun, losesByDecision: boolean): string[] {
  const { lost, lostBeforeFault = [], corrupt, phantom, unreadable, isolated, acknowledged, verified } = ledger;
  if (isolated !== undefined && !isolated.asExpected) {
    const expected = losesByDecision ? "exactly these to be lost" : "none to be lost";
    return [
      `the isolated gateway acknowledged ${isolated.acknowledged} writes, expected ${expected}; ${isolated.lost} of these are lost, and ${lost.length} in total`,
    ];
  }
  const found = [
    ...(losesByDecision
      ? named(lostBeforeFault, "objects that were acknowledged before the isolation are lost")
      : named(lost, "acknowledged objects are lost")),
    ...named(corrupt, "objects have other content than was written"),
    ...named(phantom, "objects exist that were never sent"),
    ...named(unreadable, "objects could not be read"),
  ];
  if (found.length > 0 || losesByDecision || verified === acknowledged) return found;
  return [`only ${verified} of ${acknowledged} acknowledged objects could be verified`];
}

/**
 * Returns the shortfalls about overlaps. If an isolated gateway is assumed dead, two gateways write, and a drill that does not
 * observe that has failed.
 */
function overlapShortfalls({ overlaps, ledger }: DrillRun, losesByDecision: boolean): string[] {
  if (losesByDecision) {
    const sawBoth = overlaps.some(({ of, who }) => of === "processes" && who.length > 1);
    const wrote = ledger.isolated !== undefined && ledger.isolated.acknowledged > 0;
    // Only a sandbox observes the processes and writes to pods directly, bypassing the Service.
    if (ledger.isolated === undefined || (sawBoth && wrote)) return [];
    return [
      wrote
        ? "two gateways wrote to their generations of the volume, but only one process was observed"
        : "the isolated gateway acknowledged no write: it was not isolated as intended",
    ];
  }
  return overlaps.map(({ of, who, fromSeconds }) => {
    const what = who.length > 1 ? `two ${of} at the same time` : "a process that serves although its pod is deleted";
    return `${what}, ${round(fromSeconds)} s after the fault: ${who.join(" and ")}`;
  });
}

function named(keys: readonly string[], what: string): string[] {
  return keys.length === 0
    ? []
    : [`${keys.length} ${what}: ${keys.slice(0, 3).join(", ")}${keys.length > 3 ? ", …" : ""}`];
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}
