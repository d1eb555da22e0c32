import { quoted } from "../../../components/shell";
import { type SandboxAlarm, type SandboxStatus, realAndSimulated } from "../../../sandbox";
import { commandLine } from "../../terminal/command-line";
import { table } from "../../terminal/table";

/** Running sandbox, as described by `sandbox start` and `sandbox status`. */
export interface DescribedSandbox {
  directory: string;
  kubeconfig: string;
  logsDirectory: string;
  profile: string;
  nodes: readonly string[];
  chart: string;
}

export function startedText(sandbox: DescribedSandbox): string {
  return [
    "The sandbox is running.",
    placesTable(sandbox),
    "To use and stop it:",
    `  export KUBECONFIG=${quoted(sandbox.kubeconfig)}`,
    `  ${commandLine(["sandbox", "stop"], ["--directory", sandbox.directory])}`,
  ].join("\n");
}

export function statusText(
  sandbox: DescribedSandbox & { status: SandboxStatus; alarms: readonly SandboxAlarm[] },
): string {
  const { status, alarms } = sandbox;
  const mebibytes = (bytes: number): string => `${Math.round(bytes / 1024 ** 2)} MiB`;
  const processes = status.processes.map(({ name, state, rssBytes }) => [name, state, mebibytes(rssBytes)]);
  return [
    placesTable(sandbox),
    "",
    table([["process", "state", "memory"], ...processes]),
    `  total ${mebibytes(status.memoryBytes)}`,
    "",
    ...alarms.map((alarm) => `  ALARM: ${alarmText(alarm)}`),
    table(realAndSimulated.map((row) => [row.real ? "real" : "simulated", row.layer, row.inSandbox])),
  ].join("\n");
}

function placesTable({ directory, kubeconfig, logsDirectory, profile, nodes, chart }: DescribedSandbox): string {
  return table([
    ["profile", profile],
    ["nodes", nodes.join(", ")],
    ["kubeconfig", kubeconfig],
    ["chart", chart],
    ["logs", logsDirectory],
    ["folder", directory],
  ]);
}

/** Returns an alarm of the sandbox in one line. */
export function alarmText({ time, alarm, ...details }: SandboxAlarm): string {
  return `${alarm} at ${time}: ${JSON.stringify(details)}`;
}
