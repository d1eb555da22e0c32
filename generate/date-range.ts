/** Returns the days of ISO 8601 times as text. */
export function dateRange(moments: readonly string[]): string {
  const days = [...new Set(moments.map((moment) => moment.slice(0, 10)))].sort();
  return days.length <= 1 ? `on ${days[0] ?? "no day"}` : `on ${days.slice(0, -1).join(", ")} and ${days.at(-1) ?? ""}`;
}
