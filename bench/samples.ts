import { median } from "../tool/drill/statistics";

/** Figures of one kind, in the order in which they were taken. */
export type Samples = Record<string, number[]>;

/** Adds one figure. */
export function add(samples: Samples, key: string, value: number): void {
  (samples[key] ??= []).push(value);
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
