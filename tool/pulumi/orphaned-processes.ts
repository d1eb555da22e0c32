import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { isRunning, processes, type Process } from "../processes";

/** Environment variable with the stack that the CLI's language host and providers work on. */
export const stackVariable = "LONGHORN_S3_STACK";

/** Operations of the CLI that start a language host or providers. */
const engineOperations = ["preview", "up", "refresh", "destroy"];

/** Returns the value of `stackVariable` for a command; undefined if the command starts no providers. */
export function stackKeyOf(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): string | undefined {
  const [command = "", ...options] = args;
  const at = options.indexOf("--stack");
  if (!engineOperations.includes(command) || at === -1) return undefined;
  const parts = [cwd, options[at + 1], env["PULUMI_BACKEND_URL"], env["PULUMI_HOME"]];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/** Seconds between SIGTERM and SIGKILL. */
const graceSeconds = 5;

/**
 * Terminates the language host and the providers that a killed CLI has left running for the stack. They notice the loss of the
 * engine only after up to five minutes, and until then continue operations whose results are never recorded: an uninstall of
 * Longhorn would delete the ServiceAccount that the uninstall of the next operation uses. Does nothing on systems without `/proc`.
 */
export async function terminateOrphans(stackKey: string): Promise<void> {
  const orphans = orphansOf(stackKey);
  signal(orphans, "SIGTERM");
  for (const end = Date.now() + graceSeconds * 1000; orphans.some(isRunning) && Date.now() < end;) await sleep(50);
  signal(orphans.filter(isRunning), "SIGKILL");
}

function orphansOf(stackKey: string): Process[] {
  const all = processes();
  const pids = new Set(all.map(({ pid }) => pid));
  // The CLI is the leader of the session of everything that it starts.
  return all.filter(({ pid, session }) => !pids.has(session) && hasKey(pid, stackKey));
}

function hasKey(pid: number, stackKey: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(`${stackVariable}=${stackKey}`);
  } catch {
    return false; // a process of another user, or one that has ended
  }
}

function signal(processes: readonly Process[], name: NodeJS.Signals): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, name);
    } catch {
      // It has ended meanwhile.
    }
  }
}
