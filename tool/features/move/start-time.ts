import { ExitCode, ToolError } from "../../errors";

const clock = /^([01]?\d|2[0-3]):([0-5]\d)$/;
const moment = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/;

/**
 * Parses a start time: `HH:MM` of today, or ISO 8601, by default in this machine's time zone.
 *
 * @throws ToolError if it is invalid or in the past
 */
export function parseStartTime(text: string, now: Date): Date {
  const [, hours, minutes] = clock.exec(text) ?? [];
  const at =
    hours !== undefined && minutes !== undefined
      ? new Date(now.getFullYear(), now.getMonth(), now.getDate(), Number(hours), Number(minutes))
      : new Date(moment.test(text) ? text : NaN);
  if (Number.isNaN(at.getTime())) {
    const message = `--at ${text}: expected HH:MM of today, such as 23:30, or a time such as ${localTime(now).replace(" ", "T")} or ${now.toISOString().slice(0, 16)}Z.`;
    throw new ToolError(message, ExitCode.Refused);
  }
  if (at <= now) {
    const tomorrow = new Date(at.getTime());
    tomorrow.setDate(now.getDate() + 1);
    const message = `--at ${text} has passed: it is ${localTime(now)} (${timeZone()}). For another day, add the date: --at ${localTime(tomorrow).replace(" ", "T")}.`;
    throw new ToolError(message, ExitCode.Refused);
  }
  return at;
}

/** Returns a text such as `2026-11-25 23:30`, in this machine's time zone. */
export function localTime(time: Date): string {
  const two = (number: number): string => String(number).padStart(2, "0");
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}`;
}

/** Returns this machine's time zone, such as `Europe/Berlin`. */
export function timeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Returns the remaining time: in hours, in minutes during the last hour, in seconds during the last minute. */
export function remainingText(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds > 3600) return `more than ${Math.ceil(seconds / 3600) - 1} h`;
  return seconds > 60 ? `${Math.ceil(seconds / 60)} min` : `${seconds} s`;
}
