/** Field of a cron schedule. */
interface CronField {
  name: string;
  lowest: number;
  highest: number;
  /** Names for the numbers starting at `lowest`. */
  words?: readonly string[];
}

const dayOfMonth: CronField = { name: "day of month", lowest: 1, highest: 31 };

const month: CronField = {
  name: "month",
  lowest: 1,
  highest: 12,
  words: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
};

const dayOfWeek: CronField = {
  name: "day of week",
  lowest: 0,
  highest: 6,
  words: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"],
};

const fields = [
  { name: "minute", lowest: 0, highest: 59 },
  { name: "hour", lowest: 0, highest: 23 },
  dayOfMonth,
  month,
  dayOfWeek,
];

const descriptors = ["@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually"];

/** Days of each month; of February in a leap year. */
const daysOfMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Returns the fault of a recurring job's schedule; undefined if it is valid. Valid schedules are accepted by Longhorn and by
 * Kubernetes, which runs the job as a CronJob. Both also accept schedules without a next time, such as February 30.
 *
 * @see https://pkg.go.dev/github.com/robfig/cron
 */
export function cronFault(schedule: string): string | undefined {
  if (schedule.startsWith("@")) return descriptorFault(schedule);
  const texts = schedule.split(/[ \t]/).filter((text) => text !== "");
  if (texts.length !== fields.length) return `it has ${texts.length} of ${fields.length} fields`;
  const faults = fields.map((field, index) => valuesOf(texts[index] ?? "", field)).filter(isFault);
  return faults[0] ?? dateFault(texts);
}

/** Returns the fault of a macro. Intervals must consist of whole minutes, the resolution of Kubernetes. */
function descriptorFault(schedule: string): string | undefined {
  const isInterval = /^@every (?=[1-9])(\d{1,6}h)?([1-9]\d{0,5}m)?$/.test(schedule);
  if (isInterval || descriptors.includes(schedule)) return undefined;
  return `it is none of ${descriptors.join(", ")}, and not an interval such as "@every 12h"`;
}

/**
 * Returns the fault of a date that does not exist. With a day of week, the day of month need not exist: one of the two is
 * sufficient.
 */
function dateFault([, , days = "", months = "", weekdays = ""]: readonly string[]): string | undefined {
  if (!hasStar(weekdays)) return undefined;
  const [possibleDays, possibleMonths] = [valuesOf(days, dayOfMonth), valuesOf(months, month)];
  if (isFault(possibleDays) || isFault(possibleMonths)) return undefined;
  const comes = possibleMonths.some((one) => possibleDays.some((day) => day <= (daysOfMonth[one - 1] ?? 0)));
  return comes ? undefined : `there is no such date: day ${days} of month ${months}`;
}

function hasStar(text: string): boolean {
  return /[*?]/.test(text);
}

/** Returns the numbers that a field matches, or its fault. */
function valuesOf(text: string, field: CronField): number[] | string {
  const ranges = text.split(",").map((range) => valuesOfRange(range, field));
  return ranges.find(isFault) ?? ranges.flatMap((range) => (isFault(range) ? [] : range));
}

/**
 * Returns the numbers that a range matches, or its fault. A range is an asterisk, a number, or two numbers with a hyphen. With
 * a step, a single number extends to the maximum of the field.
 */
function valuesOfRange(text: string, field: CronField): number[] | string {
  const { name, lowest, highest, words = [] } = field;
  const [, star, from = "", to, step] = /^(?:([*?])|([^-/]+)(?:-([^-/]+))?)(?:\/(\d{1,9}))?$/.exec(text) ?? [];
  const first = star === undefined ? numberOf(from, field) : lowest;
  const last = to === undefined ? ((star ?? step) === undefined ? first : highest) : numberOf(to, field);
  const stride = Number(step ?? 1);
  if (!(first <= last && stride > 0)) {
    const named = words.length === 0 ? "" : `, or one of ${words.join(", ")}`;
    return `its ${name} is ${JSON.stringify(text)}, not a range within ${lowest} to ${highest}${named}`;
  }
  const count = Math.floor((last - first) / stride) + 1;
  return Array.from({ length: count }, (_, index) => first + index * stride);
}

/** Returns the number that a string represents in a field; NaN if it is invalid. */
function numberOf(text: string, { lowest, highest, words = [] }: CronField): number {
  const word = words.indexOf(text.toLowerCase());
  if (word >= 0) return lowest + word;
  const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  return number >= lowest && number <= highest ? number : NaN;
}

function isFault(value: readonly number[] | string): value is string {
  return typeof value === "string";
}
