import type { Violation } from "./violations";

/** Returns the violations of a list's items, with fields such as `dnsNames[0]`. The list is optional. */
export function itemViolations<T>(
  field: string,
  list: readonly T[] | undefined,
  violationsOf: (place: string, item: T, index: number) => Violation[],
): Violation[] {
  // Programs without types can pass any value.
  const given: unknown = list === undefined ? [] : list;
  if (!Array.isArray(given)) return [{ field, got: given, allowed: "a list", fixes: [{ field, value: [given] }] }];
  return (given as T[]).flatMap((item, index) => violationsOf(`${field}[${index}]`, item, index));
}
