import type { ChildProcess } from "node:child_process";

const processes = new Set<ChildProcess>();

/** Registers a running process of the CLI. The returned function removes it. */
export function running(child: ChildProcess): () => void {
  processes.add(child);
  return () => void processes.delete(child);
}

/** Returns the number of running processes of the CLI. */
export function runningCount(): number {
  return processes.size;
}

/**
 * Sends another SIGINT to every running CLI. After the first one, the CLI cancels and waits for its running steps. After the
 * second one, it exits immediately, and the state may lack these steps.
 */
export function interruptAgain(): void {
  for (const child of processes) child.kill("SIGINT");
}
