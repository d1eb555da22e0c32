import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Environment variable with the stack that the CLI's language host and providers work on. */
export const stackVariable = "LONGHORN_S3_STACK";

/** Operations of the CLI that start a language host or providers. */
const engineOperations = ["preview", "up", "refresh", "destroy"];

/** Returns the value of `stackVariable` for a command; undefined if the command starts no providers. */
export function stackKeyOf(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): string | undefined {
  const stack = args[args.indexOf("--stack") + 1];
  if (!engineOperations.includes(args[0] ?? "") || !args.includes("--stack") || stack === undefined) return undefined;
  const parts = [cwd, stack, env["PULUMI_BACKEND_URL"], env["PULUMI_HOME"]];
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

/** Process of this machine, from proc_pid_stat(5). */
interface Process {
  pid: number;
  /** ID of the session, which is the PID of the CLI that started the process. */
  session: number;
  /** Clock ticks since the boot of the machine. Together with the PID, it identifies a process. */
  startedAt: string;
}

function orphansOf(stackKey: string): Process[] {
  return processes().filter(({ pid, session }) => readProcess(session) === undefined && hasKey(pid, stackKey));
}

function hasKey(pid: number, stackKey: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(`${stackVariable}=${stackKey}`);
  } catch {
    return false; // a process of another user, or one that has ended
  }
}

function processes(): Process[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map((name) => readProcess(Number(name)))
      .filter((process) => process !== undefined);
  } catch {
    return [];
  }
}

function readProcess(pid: number): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name, in parentheses, may contain any character. The fields after it start with the third.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state, session, startedAt] = [fields[0], fields[3], fields[19]];
    if (state === "Z" || session === undefined || startedAt === undefined) return undefined;
    return { pid, session: Number(session), startedAt };
  } catch {
    return undefined;
  }
}

function isRunning({ pid, startedAt }: Process): boolean {
  return readProcess(pid)?.startedAt === startedAt;
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
