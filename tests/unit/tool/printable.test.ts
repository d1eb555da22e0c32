import assert from "node:assert/strict";
import fc from "fast-check";
import { lines } from "../../../tool/terminal/progress";
import { printable, printableProgress } from "../../../tool/terminal/printable";

const dangerous = [
  ..."\u0000\u0007\b\r\u001b\u007f\u0085\u009b\u009d",
  ..."\u061c\u200b\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u2028\u2029",
  "\u{e0041}",
];
const anyText = fc
  .array(fc.oneof(fc.constantFrom(...dangerous, "\n", "\t", "\r\n"), fc.string({ unit: "grapheme" })))
  .map((parts) => parts.join(""));

describe("a text from elsewhere, on a terminal", () => {
  it("has no control character but line feed and tab, and none that is invisible or reverses the order", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = printable(text);
        for (const character of dangerous) assert.ok(!shown.includes(character), JSON.stringify(character));
        assert.equal(printable(shown), shown);
      }),
    );
  });

  it("shows what it has of them", () => {
    assert.equal(printable("photos\u001b[2J\u202eexe"), "photos\\u001b[2J\\u202eexe");
    assert.equal(printable("a\r\nb\rc\td\n"), "a\nb\\u000dc\td\n");
  });

  it("stays as it is where it has none", () => {
    for (const text of ["✔ photos: 3 of 4 (2.0 s)", "größer – 日本 😀", "", "two\nlines\tand a tab"]) {
      assert.equal(printable(text), text);
    }
  });

  it("is the same value where it is JSON", () => {
    fc.assert(
      fc.property(fc.dictionary(anyText, fc.oneof(anyText, fc.jsonValue())), (value) => {
        const json = JSON.stringify(value, undefined, 2);
        assert.deepEqual(JSON.parse(printable(json)), JSON.parse(json));
      }),
    );
  });

  it("is so in every part of a progress", () => {
    const written: string[] = [];
    const below: string[] = [];
    const inner = lines(
      (line) => written.push(line),
      0,
      () => 0,
    );
    const progress = printableProgress({
      ...inner,
      begin: (title) => ({ ...inner.begin(title), below: (linesIn) => void below.push(...linesIn(3)) }),
    });
    const bad = "x\u001b]0;y";
    progress.note(bad);
    const one = progress.begin(bad);
    one.update(bad);
    one.below?.(() => [bad]);
    one.succeed(bad);
    progress.begin(bad).fail(bad);
    assert.ok(written.length >= 5 && below.length === 1);
    for (const line of [...written, ...below]) assert.ok(line.includes("x\\u001b]0;y") && !line.includes("\u001b"));
  });
});
