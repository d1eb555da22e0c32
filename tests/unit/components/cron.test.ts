import assert from "node:assert/strict";
import fc from "fast-check";
import { cronFault } from "../../../components/validation/cron";

const month = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const weekday = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** Any text that a field may hold, by the grammar of its ranges. */
function field(lowest: number, highest: number, words: readonly string[] = []): fc.Arbitrary<string> {
  const spelled = fc
    .tuple(fc.integer({ min: lowest, max: highest }), fc.boolean(), fc.boolean())
    .map(([value, asWord, upper]) => {
      const word = words[value - lowest];
      if (!asWord || word === undefined) return { value, text: String(value) };
      return { value, text: upper ? word.toUpperCase() : word };
    });
  const between = fc.tuple(spelled, spelled).map((ends) =>
    ends
      .sort((one, other) => one.value - other.value)
      .map(({ text }) => text)
      .join("-"),
  );
  const range = fc.oneof(
    fc.constantFrom("*", "?"),
    spelled.map(({ text }) => text),
    between,
  );
  const step = fc.option(fc.integer({ min: 1, max: 99 }), { nil: undefined });
  const stepped = fc.tuple(range, step).map(([text, width]) => (width === undefined ? text : `${text}/${width}`));
  return fc.array(stepped, { minLength: 1, maxLength: 3 }).map((ranges) => ranges.join(","));
}

const fields = [field(0, 59), field(0, 23), field(1, 28), field(1, 12, month), field(0, 6, weekday)];
const schedule = fc.tuple(...fields).map((texts) => texts.join(" "));

describe("the schedule of a recurring job", () => {
  it("is what people write", () => {
    for (const good of [
      ...["30 2 * * *", "*/15 * * * *", "5/20 * * * *", "0 0 1,15 * *", "0 22 * * mon-fri", "0 3 ? JAN-mar SUN"],
      ...["0  4 * *  6", " 0 4 * * 6 ", "0 0 29 2 *", "0-59/7 0 * * 0,6"],
      ...["@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually"],
      ...["@every 12h", "@every 1h30m", "@every 90m"],
    ]) {
      assert.equal(cronFault(good), undefined, good);
    }
  });

  it("is any five fields of ranges, names, steps and lists", () => {
    fc.assert(fc.property(schedule, (text) => assert.equal(cronFault(text), undefined)));
  });

  it("is refused with what is wrong with it", () => {
    const faults: [string, string][] = [
      ["", "it has 0 of 5 fields"],
      ["* * * *", "it has 4 of 5 fields"],
      ["0 30 2 * * *", "it has 6 of 5 fields"],
      ["60 * * * *", 'its minute is "60", not a range within 0 to 59'],
      ["* 24 * * *", 'its hour is "24", not a range within 0 to 23'],
      ["* * 0 * *", 'its day of month is "0", not a range within 1 to 31'],
      ["* * * 13 *", `its month is "13", not a range within 1 to 12, or one of ${month.join(", ")}`],
      ["* * * * 7", `its day of week is "7", not a range within 0 to 6, or one of ${weekday.join(", ")}`],
      ["TZ=UTC 0 2 * * *", "it has 6 of 5 fields"],
      [
        "@reboot",
        "it is none of @hourly, @daily, @midnight, @weekly, @monthly, @yearly, @annually, and not an interval such as " +
          '"@every 12h"',
      ],
    ];
    for (const [bad, fault] of faults) assert.equal(cronFault(bad), fault, bad);
  });

  it("is no text that only looks like a range", () => {
    for (const bad of [
      "",
      "5-1",
      "1-2-3",
      "1/2/3",
      "*/0",
      "*/x",
      "*-5",
      "-1",
      "1-",
      "/2",
      "+1",
      "1.5",
      "mon",
      ",",
      "1,",
      "1e1",
    ]) {
      assert.notEqual(cronFault(`${bad} * * * *`), undefined, bad);
    }
    for (const bad of ["@every", "@every 0h", "@every 10s", "@every -1h", "@every 1h 30m", "@Daily", "@daily "]) {
      assert.notEqual(cronFault(bad), undefined, bad);
    }
  });

  it("is refused where every date of it is none", () => {
    assert.equal(cronFault("0 0 30 2 *"), "there is no such date: day 30 of month 2");
    assert.equal(cronFault("0 0 31 feb,APR,6 ?"), "there is no such date: day 31 of month feb,APR,6");
    // One of the two is enough where both are given.
    assert.equal(cronFault("0 0 30 2 mon"), undefined);
    for (const good of ["0 0 31 2-3 *", "0 0 28-31 2 *", "0 0 */30 2 *"])
      assert.equal(cronFault(good), undefined, good);
  });

  it("that has a number out of range is refused, wherever it stands", () => {
    const highest = [59, 23, 31, 12, 6];
    const place = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 1000 }));
    fc.assert(
      fc.property(schedule, place, (text, [index, beyond]) => {
        const texts = text.split(" ");
        texts[index] = String((highest[index] ?? 0) + beyond);
        assert.notEqual(cronFault(texts.join(" ")), undefined);
      }),
    );
  });
});
