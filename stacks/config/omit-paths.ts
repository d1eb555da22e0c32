import type { ConfigPath } from "./problems";

/** Returns a copy without the values at `places`. */
export function omitPaths(value: unknown, places: readonly ConfigPath[]): unknown {
  if (places.some((place) => place.length === 0)) return undefined;
  if (places.length === 0 || typeof value !== "object" || value === null) return value;
  const below = (key: string | number): ConfigPath[] =>
    places.filter(([first]) => first === key).map(([, ...rest]) => rest);
  if (Array.isArray(value)) {
    return value.map((item, index) => omitPaths(item, below(index))).filter((item) => item !== undefined);
  }
  const fields = Object.entries(value).map(([key, inner]) => [key, omitPaths(inner, below(key))] as const);
  return Object.fromEntries(fields.filter(([, inner]) => inner !== undefined));
}
