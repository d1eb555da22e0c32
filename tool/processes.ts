import { readdirSync, readFileSync } from "node:fs";

/** Process of this machine, from proc_pid_stat(5) and proc_pid_cmdline(5). */
export interface Process {
  pid: number;
  /** PID of the parent. */
  parent: number;
  /** ID of the session, which is the PID of its leader. */
  session: number;
  /** Name of the program, up to 15 characters. */
  name: string;
  /** Clock ticks since the boot of the machine. Together with the PID, it identifies a process. */
  startedAt: string;
  argv: readonly string[];
}

/** Returns all processes of this machine, without zombies; empty on systems without `/proc`. */
export function processes(): Process[] {
  return pids()
    .map(readProcess)
    .filter((process) => process !== undefined);
}

/** Returns whether a process is still running. A zombie is not. */
export function isRunning({ pid, startedAt }: Pick<Process, "pid" | "startedAt">): boolean {
  return readProcess(pid)?.startedAt === startedAt;
}

function pids(): number[] {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
}

/** Returns undefined if the process has ended or is a zombie. */
function readProcess(pid: number): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name, in parentheses, may contain any character. The fields after it start with the third.
    const nameEnd = stat.lastIndexOf(")");
    const [state, parent, , session, ...rest] = stat.slice(nameEnd + 2).split(" ");
    const startedAt = rest[15];
    if (state === "Z" || state === "X" || startedAt === undefined) return undefined;
    return {
      ...{ pid, parent: Number(parent), session: Number(session), startedAt },
      name: stat.slice(stat.indexOf("(") + 1, nameEnd),
      argv: readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").slice(0, -1),
    };
  } catch {
    return undefined; // it has ended in the meantime
  }
}
