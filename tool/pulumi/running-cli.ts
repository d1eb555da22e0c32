import type { ChildProcess } from "node:child_process";

const processes = new Set<ChildProcess>();

/** Counts a process of the CLI among those that run; what comes back takes it out. */
export function running(child: ChildProcess): () => void {
  processes.add(child);
  return () => void processes.delete(child);
}

/** How many processes of the CLI run. */
export function runningCount(): number {
  return processes.size;
}

/**
 * Sends another SIGINT to every CLI that runs. After the first one it cancels and waits for what it has begun; after the second it ends
 * at once, and the state may then say nothing of what was begun.
 */
export function interruptAgain(): void {
  for (const child of processes) child.kill("SIGINT");
}
