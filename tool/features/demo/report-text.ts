import { secondsText } from "../../terminal/progress";
import { table } from "../../terminal/table";
import type { DemoReport, NodeFailureFindings } from "./report";

/** Returns the report as text for a terminal. */
export function reportText(report: DemoReport): string {
  return [
    heading("Node failure, as an S3 client saw it"),
    clientTable(report.nodeFailure),
    heading(`Timeline, seconds after ${report.nodeFailure.node} was killed`),
    timelineTable(report.nodeFailure),
    heading("Object written before, read back afterwards"),
    readBackLine(report),
    heading("Real and simulated"),
    table(report.realAndSimulated.map((row) => [row.real ? "real" : "simulated", row.layer, row.inSandbox])),
    caveat(report),
    "",
    verdict(report),
    "",
  ].join("\n");
}

function heading(text: string): string {
  return `\n${text}`;
}

function clientTable({ outage, acknowledged, verification, sent, requestsPerSecond }: NodeFailureFindings): string {
  const outageText =
    outage === undefined ? "none" : outage.seconds === undefined ? "not over" : secondsText(outage.seconds);
  const pieces = outage && outage.interruptions > 1 ? `, in ${outage.interruptions} pieces` : "";
  const errors = Object.entries(outage?.errors ?? {}).map(([kind, count]) => `${kind} ${count}`);
  return table([
    ["outage (first failed to first successful request)", `${outageText}${pieces}`],
    ["requests sent", `${sent} PUTs of 4 KiB, ${requestsPerSecond} per second, regardless of the responses`],
    ["requests failed", outage ? `${outage.failedRequests} (${errors.join(", ")})` : "0"],
    ["acknowledged before the fault", String(acknowledged.beforeFault)],
    ["acknowledged after the recovery", String(acknowledged.afterRecovery)],
    ["acknowledged in total, read back unchanged", `${verification.verified} of ${verification.acknowledged}`],
    [
      "lost / corrupt / never sent",
      `${verification.lost.length} / ${verification.corrupt.length} / ${verification.phantom.length}`,
    ],
  ]);
}

function timelineTable({ timeline, attachmentDeletions }: NodeFailureFindings): string {
  const rows = timeline.map(({ meaning, seconds }) => [seconds.toFixed(1).padStart(7), meaning]);
  const again =
    attachmentDeletions > 1
      ? `\n  (Kubernetes attached the volume to the dead node again: ${attachmentDeletions} attachments were deleted)`
      : "";
  return `${table(rows)}${again}`;
}

function readBackLine({ readBack }: DemoReport): string {
  const { key, writtenThroughNode, readThroughNode, identical } = readBack;
  return `  ${key}: written through ${writtenThroughNode}, read through ${readThroughNode ?? "no node"}, ${identical ? "identical" : "NOT identical"}`;
}

function caveat({ profile, notRun }: DemoReport): string {
  const timing =
    profile === "fast"
      ? "  The fast profile shortens Kubernetes' timing constants: these times are not those of a real cluster."
      : "  Production timing constants; attach and detach delays are simulated from published measurements.";
  const idle = notRun.length > 0 ? `\n  Containers that idled: ${notRun.join(", ")}` : "";
  return `${timing}\n  The test shows that the volume is handed over without a loss. It does not test s3gw or disks.${idle}`;
}

function verdict({ shortfalls, leftovers, seconds }: DemoReport): string {
  const removed =
    leftovers === undefined
      ? []
      : leftovers.length === 0
        ? ["Everything removed: no process, namespace, mount or port is left."]
        : [];
  const outcome =
    shortfalls.length === 0
      ? [`Passed, in ${secondsText(seconds)}.`]
      : ["FELL SHORT:", ...shortfalls.map((shortfall) => `  - ${shortfall}`)];
  return [...removed, ...outcome].join("\n");
}
