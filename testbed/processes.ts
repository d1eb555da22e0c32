import { readdirSync, readFileSync } from "node:fs";

/** A process of this machine. */
export interface Process {
  pid: number;
  parent: number;
  /** Ticks since the machine's start: tells a process from a later one with the same number. */
  startedAt: string;
  argv: readonly string[];
}

/** Returns all descendants of a process. */
export function descendantsOf(ancestor: number): Process[] {
  const all = processes();
  const byPid = new Map(all.map((process) => [process.pid, process]));
  const descends = ({ parent }: Process): boolean => {
    for (let pid = parent; pid > 1; pid = byPid.get(pid)?.parent ?? 0) if (pid === ancestor) return true;
    return false;
  };
  return all.filter(descends);
}

/** Reports whether a process is running. A zombie is not. */
export function isRunning({ pid, startedAt }: Process): boolean {
  return readProcess(pid)?.startedAt === startedAt;
}

/** Kills a process. Returns whether it was running. */
export function kill(victim: Process): boolean {
  if (!isRunning(victim)) return false;
  process.kill(victim.pid, "SIGKILL");
  return true;
}

function processes(): Process[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readProcess(Number(name)))
    .filter((process) => process !== undefined);
}

function readProcess(pid: number): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name, in parentheses, may contain anything. The fields after it are numbered from 3 in proc(5).
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state, parent, startedAt] = [fields[0], fields[1], fields[19]];
    if (state === "Z" || parent === undefined || startedAt === undefined) return undefined;
    const argv = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").slice(0, -1);
    return { pid, parent: Number(parent), startedAt, argv };
  } catch {
    return undefined; // it has ended in the meantime
  }
}
