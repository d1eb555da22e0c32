/** Rows for people, which text, Markdown and page show alike; the first row is the head. */
export type Rows = readonly (readonly string[])[];

/** Where there is no number. */
export const none = "–";

/** `48.5 s`: in every table the same unit, so that two can be compared at a glance. */
export function seconds(value: number | undefined): string {
  return value === undefined ? none : `${value.toFixed(1)} s`;
}

/** A table of these rows; none where there are no rows. */
export function withHead(head: string[], rows: readonly string[][]): Rows {
  return rows.length === 0 ? [] : [head, ...rows];
}
