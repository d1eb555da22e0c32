import { closeSync, fdatasyncSync, openSync, readFileSync, writeSync } from "node:fs";

/** One write that the server acknowledged. Times are milliseconds since the epoch. */
export interface AcknowledgedWrite {
  key: string;
  sentAt: number;
  acknowledgedAt: number;
}

/** The client's own record of acknowledged writes, one JSON line each, on disk before the next acknowledgement is looked at. */
export interface Ledger {
  readonly file: string;
  /** What comes after `close` is left out: whoever has closed it has counted. */
  append(write: AcknowledgedWrite): void;
  close(): void;
}

/** Opens the ledger in `file` for appending; it is created when absent. */
export function openLedger(file: string): Ledger {
  const descriptor = openSync(file, "a", 0o600);
  let isOpen = true;
  return {
    file,
    append(write) {
      if (!isOpen) return;
      writeSync(descriptor, formatLedgerLine(write));
      fdatasyncSync(descriptor);
    },
    close() {
      if (isOpen) closeSync(descriptor);
      isOpen = false;
    },
  };
}

/** All writes recorded in `file`. */
export function readLedger(file: string): AcknowledgedWrite[] {
  return parseLedger(readFileSync(file, "utf8"));
}

export function formatLedgerLine(write: AcknowledgedWrite): string {
  return `${JSON.stringify([write.key, write.sentAt, write.acknowledgedAt])}\n`;
}

/**
 * The writes of a ledger's text. A last line without its end is what a killed client leaves: it is not counted, since its
 * write had not been recorded. Any other line that cannot be read makes the ledger worthless and throws.
 */
export function parseLedger(text: string): AcknowledgedWrite[] {
  const lines = text.split("\n");
  lines.pop();
  return lines.map((line, index) => {
    const fields = parseLine(line);
    if (!Array.isArray(fields)) throw unreadable(index, line);
    const [key, sentAt, acknowledgedAt] = fields as unknown[];
    if (typeof key !== "string" || typeof sentAt !== "number" || typeof acknowledgedAt !== "number") {
      throw unreadable(index, line);
    }
    return { key, sentAt, acknowledgedAt };
  });
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function unreadable(index: number, line: string): Error {
  return new Error(`the ledger's line ${index + 1} is not [key, sentAt, acknowledgedAt]: ${line.slice(0, 80)}`);
}
