import { readdirSync, readFileSync } from "node:fs";

/** Returns the processes of a pod's containers, by the pod's UID, as seen from outside of the sandbox. */
export function processesOfPod(podUid: string): number[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => environmentOf(pid).includes(`SANDBOX_POD_UID=${podUid}`));
}

function environmentOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
  } catch {
    return []; // it has ended in the meantime, or is a kernel process
  }
}
