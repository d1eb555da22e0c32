import { Random } from "../../components/recovery-model/random";

/** Returns the median; NaN for an empty list. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const [lower, upper] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]];
  return ((lower ?? NaN) + (upper ?? NaN)) / 2;
}

/** Returns the increase of the median from `before` to `after`; 0 if both are infinite. */
export function medianDifference(before: readonly number[], after: readonly number[]): number {
  const [one, other] = [median(before), median(after)];
  return one === other ? 0 : other - one;
}

/** Returns the 95 % bootstrap interval of the difference of medians: both sides are resampled independently. */
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

/** Compares two numbers. `one - other` would be NaN for two infinite ones. */
function ascending(one: number, other: number): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
