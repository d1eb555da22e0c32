import type { Violation } from "./violations";

/** Everything that is wrong with the items of a list, each named by its place: `dnsNames[0]`. A list may be left out. */
export function itemViolations<T>(
  field: string,
  list: readonly T[] | undefined,
  violationsOf: (place: string, item: T, index: number) => Violation[],
): Violation[] {
  // A program without types can give anything.
  const given: unknown = list === undefined ? [] : list;
  if (!Array.isArray(given)) return [{ field, got: given, allowed: "a list", fixes: [{ field, value: [given] }] }];
  return (given as T[]).flatMap((item, index) => violationsOf(`${field}[${index}]`, item, index));
}
