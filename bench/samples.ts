/** Figures of one kind, in the order in which they were taken. */
export type Samples = Record<string, number[]>;

/** Adds one figure. */
export function add(samples: Samples, key: string, value: number): void {
  (samples[key] ??= []).push(value);
}

/** The middle one; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/** Median, least and most of some figures. */
export interface Spread {
  median: number;
  least: number;
  most: number;
  count: number;
}

/** undefined where there is no figure. */
export function spreadOf(values: readonly number[] | undefined): Spread | undefined {
  if (values === undefined || values.length === 0) return undefined;
  return { median: median(values), least: Math.min(...values), most: Math.max(...values), count: values.length };
}
