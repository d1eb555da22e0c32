import { closeSync, fdatasyncSync, openSync, readFileSync, writeSync } from "node:fs";

/** Write that the server acknowledged. Times are milliseconds since the epoch. */
export interface AcknowledgedWrite {
  key: string;
  sentAt: number;
  acknowledgedAt: number;
}

/**
 * Client's record of acknowledged writes with one JSON line each, which is on disk before the next acknowledgement is
 * processed.
 */
export interface Ledger {
  readonly file: string;
  /** Appends a write. Writes after `close` are ignored. */
  append(write: AcknowledgedWrite): void;
  close(): void;
}

/** Opens the ledger in `file` for appending, and creates it if absent. */
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

/** Returns all writes recorded in `file`. */
export function readLedger(file: string): AcknowledgedWrite[] {
  return parseLedger(readFileSync(file, "utf8"));
}

export function formatLedgerLine(write: AcknowledgedWrite): string {
  return `${JSON.stringify([write.key, write.sentAt, write.acknowledgedAt])}\n`;
}

/**
 * Parses the writes of a ledger. An incomplete last line, left by a killed client, is ignored, because its write was not
 * recorded. Any other invalid line is an error.
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
