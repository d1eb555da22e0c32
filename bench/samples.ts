import { median } from "../tool/drill/statistics";

/** Measurements by key, in the order in which they were taken. */
export type Samples = Record<string, number[]>;

/** Adds a measurement. */
export function add(samples: Samples, key: string, value: number): void {
  (samples[key] ??= []).push(value);
}

/** Median, minimum and maximum. */
export interface Spread {
  median: number;
  least: number;
  most: number;
  count: number;
}

/** Returns undefined without measurements. */
export function spreadOf(values: readonly number[] | undefined): Spread | undefined {
  if (values === undefined || values.length === 0) return undefined;
  return { median: median(values), least: Math.min(...values), most: Math.max(...values), count: values.length };
}
