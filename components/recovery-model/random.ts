/** Numbers that look random and are the same every time: a prediction must not change from one preview to the next. */
export class Random {
  constructor(private state: number) {}

  /** A number from 0 up to, but not including, 1 (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** One of the numbers between two, each as likely. */
  between([lowest, highest]: Range): number {
    return lowest + (highest - lowest) * this.next();
  }
}

/** Two bounds, in seconds; every value between them is as likely. */
export type Range = readonly [lowest: number, highest: number];
