import type { ChildProcess } from "node:child_process";

const processes = new Set<ChildProcess>();

/** Counts a process of the CLI among those that run; what comes back takes it out. */
export function running(child: ChildProcess): () => void {
  processes.add(child);
  return () => void processes.delete(child);
}

/**
 * Sends another SIGINT to every CLI that runs. After the first one it cancels and waits for what it has begun; after the second it ends
 * at once, and the state may then say nothing of what was begun.
 *
 * @returns how many there were
 */
export function interruptAgain(): number {
  for (const child of processes) child.kill("SIGINT");
  return processes.size;
}
