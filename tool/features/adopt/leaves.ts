/** Values of a chart by their paths, without Longhorn's settings; a list is one value. */
export function leaves(values: Readonly<Record<string, unknown>>, above = ""): Record<string, unknown> {
  const entries = Object.entries(values).flatMap(([key, value]): [string, unknown][] => {
    const path = above === "" ? key : `${above}.${key}`;
    if (path === "defaultSettings" || value === null || value === undefined) return [];
    const isObject = typeof value === "object" && !Array.isArray(value);
    return isObject ? Object.entries(leaves(value as Record<string, unknown>, path)) : [[path, value]];
  });
  return Object.fromEntries(entries);
}
