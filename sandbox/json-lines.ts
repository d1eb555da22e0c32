import { closeSync, existsSync, openSync, readFileSync, readSync } from "node:fs";

/** Everything in a file of JSON lines; nothing where there is no file. A last line without its end is still being written. */
export function readJsonLines<T>(file: string): T[] {
  return existsSync(file) ? parseJsonLines<T>(readFileSync(file, "utf8")).values : [];
}

/** The values of all lines that have ended, and what is left after them. */
export function parseJsonLines<T>(text: string): { values: T[]; rest: string } {
  const lines = text.split("\n");
  const rest = lines.pop() ?? "";
  return { values: lines.filter((line) => line !== "").map((line) => JSON.parse(line) as T), rest };
}

const lookEveryMs = 200;

/**
 * Calls `onValue` with every line that is appended to `file` from now on, without keeping the process alive.
 * @returns what ends it
 */
export function followJsonLines<T>(file: string, onValue: (value: T) => void): () => void {
  let position = 0;
  let rest = "";
  const look = (): void => {
    const text = readFrom(file, position);
    position += Buffer.byteLength(text);
    const parsed = parseJsonLines<T>(rest + text);
    rest = parsed.rest;
    parsed.values.forEach(onValue);
  };
  const timer = setInterval(look, lookEveryMs);
  timer.unref();
  return () => clearInterval(timer);
}

function readFrom(file: string, position: number): string {
  if (!existsSync(file)) return "";
  const descriptor = openSync(file, "r");
  try {
    const buffer = Buffer.alloc(64 * 1024);
    return buffer.toString("utf8", 0, readSync(descriptor, buffer, 0, buffer.length, position));
  } finally {
    closeSync(descriptor);
  }
}
