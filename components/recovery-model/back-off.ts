/** Seconds that Kubernetes waits after the first failure of a volume operation. The wait doubles with each further failure. */
const first = 0.5;

/** Maximum wait in seconds (`goroutinemap/exponentialbackoff`: 2 minutes and 2 seconds). */
const longest = 122;

/** Returns the wait after a number of failures. */
export function backOff(failures: number): number {
  return Math.min(longest, first * 2 ** (failures - 1));
}

/**
 * Returns the first of the attempts at 0, 1, 3, 7, … seconds after `begin` that is not before `at`. CSI sidecars and kubelets
 * retry at these times.
 */
export function firstTry(begin: number, at: number, unit = 1, cap = 300): number {
  let [time, wait] = [begin, unit];
  while (time < at) {
    time += wait;
    wait = Math.min(cap, wait * 2);
  }
  return time;
}

/** Returns the first tick of a periodic loop that is not before `at`. */
export function nextTick(at: number, phase: number, period: number): number {
  return phase + Math.ceil((at - phase) / period) * period;
}
