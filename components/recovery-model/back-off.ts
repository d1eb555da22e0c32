/** Kubernetes waits half a second after the first failure of an operation on a volume, and twice as long after each further one. */
const first = 0.5;

/** The longest wait (`goroutinemap/exponentialbackoff`: 2 minutes and 2 seconds). */
const longest = 122;

/** The wait after so many failures. */
export function backOff(failures: number): number {
  return Math.min(longest, first * 2 ** (failures - 1));
}

/** The first of the tries at 0, 1, 3, 7, … seconds after `begin` that is not before `at`, as the CSI sidecars and kubelets retry. */
export function firstTry(begin: number, at: number, unit = 1, cap = 300): number {
  let [time, wait] = [begin, unit];
  while (time < at) {
    time += wait;
    wait = Math.min(cap, wait * 2);
  }
  return time;
}

/** The first tick of a loop, of a period and a phase, that is not before `at`. */
export function nextTick(at: number, phase: number, period: number): number {
  return phase + Math.ceil((at - phase) / period) * period;
}
