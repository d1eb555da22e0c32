/** One of the five fields of a schedule. */
interface CronField {
  name: string;
  lowest: number;
  highest: number;
  /** Words that stand for the numbers from `lowest` on. */
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

/** Days of each month, of February in a leap year. */
const daysOfMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * What is wrong with the schedule of a recurring job, in words; undefined where nothing is. What passes here passes Longhorn, and
 * Kubernetes, which runs the job as a CronJob. These two also take schedules that never come, such as the 30th of February.
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

/** An interval has to be of whole minutes: Kubernetes looks no closer. */
function descriptorFault(schedule: string): string | undefined {
  const isInterval = /^@every (?=[1-9])(\d{1,6}h)?([1-9]\d{0,5}m)?$/.test(schedule);
  if (isInterval || descriptors.includes(schedule)) return undefined;
  return `it is none of ${descriptors.join(", ")}, and no interval such as "@every 12h"`;
}

/** With a day of the week beside it, the day of the month need not come: one of the two is enough. */
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

/** The numbers that a field stands for, or what is wrong with it. */
function valuesOf(text: string, field: CronField): number[] | string {
  const ranges = text.split(",").map((range) => valuesOfRange(range, field));
  return ranges.find(isFault) ?? ranges.flatMap((range) => (isFault(range) ? [] : range));
}

/** A range is a star, a number, or two with a hyphen between; with a step, a single number goes on to the field's highest. */
function valuesOfRange(text: string, field: CronField): number[] | string {
  const { name, lowest, highest, words = [] } = field;
  const [, star, from = "", to, step] = /^(?:([*?])|([^-/]+)(?:-([^-/]+))?)(?:\/(\d{1,9}))?$/.exec(text) ?? [];
  const first = star === undefined ? numberOf(from, field) : lowest;
  const last = to === undefined ? ((star ?? step) === undefined ? first : highest) : numberOf(to, field);
  const stride = Number(step ?? 1);
  if (!(first <= last && stride > 0)) {
    const named = words.length === 0 ? "" : `, or one of ${words.join(", ")}`;
    return `its ${name} is ${JSON.stringify(text)}, no range within ${lowest} to ${highest}${named}`;
  }
  const count = Math.floor((last - first) / stride) + 1;
  return Array.from({ length: count }, (_, index) => first + index * stride);
}

/** The number that a text stands for in a field; NaN where it stands for none. */
function numberOf(text: string, { lowest, highest, words = [] }: CronField): number {
  const word = words.indexOf(text.toLowerCase());
  if (word >= 0) return lowest + word;
  const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  return number >= lowest && number <= highest ? number : NaN;
}

function isFault(value: readonly number[] | string): value is string {
  return typeof value === "string";
}
