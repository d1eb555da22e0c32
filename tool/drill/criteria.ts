import type { Criterion, DrillSummary } from "./report";

const quantities = {
  min: ({ recoverySeconds }) => recoverySeconds?.minimum,
  median: ({ recoverySeconds }) => recoverySeconds?.median,
  p95: ({ recoverySeconds }) => recoverySeconds?.p95,
  max: ({ recoverySeconds, recovered, runs }) => (recovered < runs ? undefined : recoverySeconds?.maximum),
  "outage-median": ({ outageSeconds }) => outageSeconds?.median,
  "outage-max": ({ outageSeconds, recovered, runs }) => (recovered < runs ? undefined : (outageSeconds?.maximum ?? 0)),
  lost: ({ lost }) => lost,
  corrupt: ({ corrupt }) => corrupt,
  phantom: ({ phantom }) => phantom,
  overlaps: ({ overlaps }) => overlaps,
} satisfies Record<string, (summary: DrillSummary) => number | undefined>;

/** Parsed pass criterion: a quantity of the summary and its maximum. */
export interface ParsedCriterion {
  text: string;
  quantity: keyof typeof quantities;
  limit: number;
}

const form = /^([a-z0-9-]+)\s*<=\s*(\d+(?:\.\d+)?)\s*(s|min)?$/;

/**
 * Parses criteria such as `max<=200s`, separated by commas. Times are measured from the fault to the first successful request.
 *
 * @throws RangeError with all invalid criteria
 */
export function parseCriteria(text: string): ParsedCriterion[] {
  const read = text.split(",").map((part) => ({ part: part.trim(), criterion: parseOne(part.trim()) }));
  const wrong = read.filter(({ criterion }) => criterion === undefined).map(({ part }) => `"${part}"`);
  if (wrong.length > 0) {
    throw new RangeError(
      `${wrong.join(", ")}: expected one of ${Object.keys(quantities).join(", ")}, then "<=" and a number, for times with s or min, such as "max<=200s,lost<=0"`,
    );
  }
  return read.flatMap(({ criterion }) => criterion ?? []);
}

function parseOne(text: string): ParsedCriterion | undefined {
  const [, name = "", number, unit] = form.exec(text) ?? [];
  if (number === undefined || !isQuantity(name)) return undefined;
  const isCount = ["lost", "corrupt", "phantom", "overlaps"].includes(name);
  if (isCount !== (unit === undefined)) return undefined;
  return { text, quantity: name, limit: Number(number) * (unit === "min" ? 60 : 1) };
}

function isQuantity(name: string): name is keyof typeof quantities {
  return Object.hasOwn(quantities, name);
}

/** Evaluates each criterion. A missing time, of a store that did not recover, meets no limit. */
export function judge(criteria: readonly ParsedCriterion[], summary: DrillSummary): Criterion[] {
  return criteria.map(({ text, quantity, limit }) => {
    const value = quantities[quantity](summary);
    return { text, ...(value !== undefined && { value }), held: value !== undefined && value <= limit };
  });
}
