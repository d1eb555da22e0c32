import type { Verification } from "../../s3/verification";
import type { DemoReport, NodeFailureFindings, ReadBack } from "./report";

/** Everything in `report` that fell short of what the demo promises, each as one sentence. */
export function shortfallsOf(report: Omit<DemoReport, "shortfalls">): string[] {
  const { nodeFailure, readBack, alarms, leftovers = [] } = report;
  return [
    ...outageShortfalls(nodeFailure),
    ...verificationShortfalls(nodeFailure.verification),
    ...timelineShortfalls(nodeFailure),
    ...readBackShortfalls(readBack),
    ...alarms.map((alarm) => `the sandbox raised an alarm: ${alarm}`),
    ...leftovers.map((left) => `left behind: ${left}`),
  ];
}

function outageShortfalls({ outage, acknowledged, recoveryLimitSeconds, node }: NodeFailureFindings): string[] {
  if (outage === undefined)
    return [`no request failed although ${node} was killed: the failure was not seen by the client`];
  if (outage.seconds === undefined) return [`the store did not answer again within ${recoveryLimitSeconds} s`];
  if (acknowledged.beforeFault === 0) return ["no write was acknowledged before the node was killed"];
  return [];
}

function verificationShortfalls({
  lost,
  corrupt,
  phantom,
  unreadable,
  acknowledged,
  verified,
}: Verification): string[] {
  const count = (keys: readonly string[], what: string): string[] =>
    keys.length === 0 ? [] : [`${keys.length} ${what}: ${keys.slice(0, 3).join(", ")}${keys.length > 3 ? ", …" : ""}`];
  const found = [
    ...count(lost, "acknowledged objects are lost"),
    ...count(corrupt, "objects hold other content than was written"),
    ...count(phantom, "objects are there that were never sent"),
    ...count(unreadable, "objects could not be read"),
  ];
  if (found.length === 0 && verified !== acknowledged) {
    return [`only ${verified} of ${acknowledged} acknowledged objects could be verified`];
  }
  return found;
}

function timelineShortfalls({ timeline, outage }: NodeFailureFindings): string[] {
  if (outage?.seconds === undefined) return [];
  const missing = (["nodeNotReady", "attached", "ready"] as const).filter(
    (stage) => !timeline.some((reached) => reached.stage === stage),
  );
  return missing.map((stage) => `the stage "${stage}" was not seen in the cluster`);
}

function readBackShortfalls({ key, identical, writtenThroughNode, readThroughNode }: ReadBack): string[] {
  const from = readThroughNode === undefined ? ["the Service routes to no pod"] : [];
  const same =
    readThroughNode === writtenThroughNode
      ? [`object ${key} was read through ${writtenThroughNode} again, not through another node`]
      : [];
  const content = identical ? [] : [`object ${key} did not come back as it was written`];
  return [...from, ...same, ...content];
}
