/** Deterministic pseudo-random numbers: a prediction must not change from one preview to the next. */
export class Random {
  constructor(private state: number) {}

  /** Returns a number from 0 to 1, excluding 1 (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** Returns a uniformly distributed number in a range. */
  between([lowest, highest]: Range): number {
    return lowest + (highest - lowest) * this.next();
  }
}

/** Lower and upper bound of a uniformly distributed time, in seconds. */
export type Range = readonly [lowest: number, highest: number];
