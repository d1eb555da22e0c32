import type { SandboxAlarm } from "../../../sandbox";

/** An alarm of the sandbox in one line. */
export function alarmText({ time, alarm, ...details }: SandboxAlarm): string {
  return `${alarm} at ${time}: ${JSON.stringify(details)}`;
}
