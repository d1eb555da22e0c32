import { closeSync, existsSync, openSync, readFileSync, readSync } from "node:fs";

/** Returns the values in a file of JSON lines; empty if the file does not exist. A partial last line is ignored. */
export function readJsonLines<T>(file: string): T[] {
  return existsSync(file) ? parseJsonLines<T>(readFileSync(file, "utf8")).values : [];
}

/** Returns the values of all complete lines, and the remaining text. */
export function parseJsonLines<T>(text: string): { values: T[]; rest: string } {
  const lines = text.split("\n");
  const rest = lines.pop() ?? "";
  return { values: lines.filter((line) => line !== "").map((line) => JSON.parse(line) as T), rest };
}

const lookEveryMs = 200;

/**
 * Calls `onValue` with every line appended to `file` from now on, without keeping the process alive.
 *
 * @returns a function that ends it
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
