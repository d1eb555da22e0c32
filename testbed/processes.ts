import { isRunning, processes, type Process } from "../tool/processes";

export { isRunning, type Process };

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

/** Kills a process. Returns whether it was running. */
export function kill(victim: Process): boolean {
  if (!isRunning(victim)) return false;
  process.kill(victim.pid, "SIGKILL");
  return true;
}
