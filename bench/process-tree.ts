import { readdirSync, readFileSync } from "node:fs";

/** Memory of one process. */
export interface ProcessMemory {
  pid: number;
  /** File name of its program. */
  program: string;
  /** Resident memory, bytes. What it shares with others is counted for each of them. */
  rssBytes: number;
}

const pageBytes = 4096;

/** The process `root` and everything below it, as it is now. */
export function treeMemory(root: number): ProcessMemory[] {
  const below = readMemory(root);
  if (below === undefined) return [];
  return [below, ...childrenOf(root).flatMap(treeMemory)];
}

export const sum = (processes: readonly ProcessMemory[]): number =>
  processes.reduce((total, { rssBytes }) => total + rssBytes, 0);

/** undefined when the process has ended. */
function readMemory(pid: number): ProcessMemory | undefined {
  try {
    const [, resident = "0"] = readFileSync(`/proc/${pid}/statm`, "utf8").split(" ");
    const [program = ""] = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    return { pid, program: program.split("/").pop() ?? program, rssBytes: Number(resident) * pageBytes };
  } catch {
    return undefined;
  }
}

function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").split(" ").filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}
