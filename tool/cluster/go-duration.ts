/** Nanoseconds, the resolution of Go's durations, per unit. */
const unitNanoseconds: Readonly<Record<string, number>> = {
  h: 3600e9,
  m: 60e9,
  s: 1e9,
  ms: 1e6,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ns: 1,
};

const term = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g;
const duration = new RegExp(`^([-+]?)((?:${term.source})+|0)$`);

/**
 * Returns the seconds of a duration in the format of Go and Kubernetes, such as `300s`, `5m0s` or `1.5h`; undefined for any
 * other text.
 *
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function goDurationSeconds(text: string): number | undefined {
  const [, sign, terms = ""] = duration.exec(text) ?? [];
  if (sign === undefined) return undefined;
  const nanoseconds = [...terms.matchAll(term)].reduce(
    (sum, [, count, unit = ""]) => sum + Math.round(Number(count) * (unitNanoseconds[unit] ?? 0)),
    0,
  );
  return (sign === "-" ? -nanoseconds : nanoseconds) / 1e9;
}
