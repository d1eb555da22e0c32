/** Rows for people, shared by text, Markdown and page. The first row is the header. */
export type Rows = readonly (readonly string[])[];

/** Placeholder for a missing number. */
export const none = "–";

/** Returns a text such as `48.5 s`. All tables use the same unit. */
export function seconds(value: number | undefined): string {
  return value === undefined ? none : `${value.toFixed(1)} s`;
}

/** Returns a table of these rows; empty without rows. */
export function withHead(head: string[], rows: readonly string[][]): Rows {
  return rows.length === 0 ? [] : [head, ...rows];
}
