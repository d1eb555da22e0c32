import { readdirSync, readFileSync } from "node:fs";

/** Memory of one process. */
export interface ProcessMemory {
  pid: number;
  /** File name of the program. */
  program: string;
  /** Resident memory in bytes. Shared memory counts for each process. */
  rssBytes: number;
}

const pageBytes = 4096;

/** Returns the memory of `root` and its descendants. */
export function treeMemory(root: number): ProcessMemory[] {
  const below = readMemory(root);
  if (below === undefined) return [];
  return [below, ...childrenOf(root).flatMap(treeMemory)];
}

export const sum = (processes: readonly ProcessMemory[]): number =>
  processes.reduce((total, { rssBytes }) => total + rssBytes, 0);

/** Returns undefined if the process has ended. */
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
