import type { EngineEvent } from "@pulumi/pulumi/automation";
import { closeSync, openSync, readSync, rmSync, writeFileSync } from "node:fs";

/** An event of the engine with its time. */
export interface TimedEvent {
  /** Seconds since the start. */
  at: number;
  event: EngineEvent;
}

/** Milliseconds between two reads of the file. The timestamps of the engine are whole seconds. */
const lookEvery = 20;

/** Follows the engine's event log while the CLI writes it. Deletes earlier content of `file`. */
export function followEvents(file: string): { end: () => TimedEvent[] } {
  rmSync(file, { force: true });
  writeFileSync(file, "");
  const begin = performance.now();
  const descriptor = openSync(file, "r");
  const chunk = Buffer.alloc(1 << 20);
  const events: TimedEvent[] = [];
  let rest = "";
  const look = (): void => {
    for (let length; (length = readSync(descriptor, chunk)) > 0;) {
      const lines = (rest + chunk.toString("utf8", 0, length)).split("\n");
      rest = lines.pop() ?? "";
      const at = (performance.now() - begin) / 1000;
      for (const line of lines) events.push({ at, event: JSON.parse(line) as EngineEvent });
    }
  };
  const timer = setInterval(look, lookEvery);
  return {
    end() {
      clearInterval(timer);
      look();
      closeSync(descriptor);
      return events;
    },
  };
}
