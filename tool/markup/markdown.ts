/** Text that Markdown takes for nothing but text, on one line. */
export function markdownText(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_[\]|~#]/g, "\\$&")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;");
}

/** A table whose first row is its head; nothing where there are no rows. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const [head, ...body] = rows;
  if (head === undefined) return "";
  return [head, head.map(() => "---"), ...body].map((cells, index) => rowOf(cells, index !== 1)).join("\n");
}

function rowOf(cells: readonly string[], escaped: boolean): string {
  return `| ${cells.map((cell) => (escaped ? markdownText(cell) : cell)).join(" | ")} |`;
}

export function markdownList(items: readonly string[]): string {
  return items.map((item) => `- ${markdownText(item)}`).join("\n");
}
