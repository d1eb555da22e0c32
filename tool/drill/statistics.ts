import { Random } from "../../components/recovery-model/random";

/** The middle one, or what is between the two middle ones; NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const [lower, upper] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  return ((lower ?? NaN) + (upper ?? NaN)) / 2;
}

/** How much longer the median of `after` is than that of `before`; 0 where both are without end. */
export function medianDifference(before: readonly number[], after: readonly number[]): number {
  const [one, other] = [median(before), median(after)];
  return one === other ? 0 : other - one;
}

/**
 * The bootstrap interval of the difference of medians, of 95 %: differences between values that are drawn anew from those that were
 * measured, on each side by itself.
 */
export function medianDifferenceInterval(
  before: readonly number[],
  after: readonly number[],
  draws = 4000,
): readonly [lowest: number, highest: number] {
  const random = new Random(1);
  const again = (values: readonly number[]): number[] =>
    values.map(() => values[Math.floor(random.next() * values.length)] ?? NaN);
  const differences = Array.from({ length: draws }, () => medianDifference(again(before), again(after))).sort(
    ascending,
  );
  return [differences[Math.floor(draws * 0.025)] ?? NaN, differences[Math.ceil(draws * 0.975) - 1] ?? NaN];
}

/** `one - other` would be no number where both are without end. */
function ascending(one: number, other: number): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
