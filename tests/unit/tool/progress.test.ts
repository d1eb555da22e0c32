import assert from "node:assert/strict";
import { during, lines, secondsText } from "../../../tool/terminal/progress";
import { table } from "../../../tool/terminal/table";

describe("progress in lines", () => {
  it("has a line for begin and end, and for a changed detail at most every few seconds", () => {
    const written: string[] = [];
    let now = 0;
    const step = lines(
      (line) => written.push(line),
      5,
      () => now,
    ).begin("Up");
    for (; now <= 12_000; now += 1000) step.update(`${now < 8000 ? 1 : 2}/11`);
    step.succeed("11 create");
    assert.deepEqual(written, ["Up …", "  Up: 1/11", "  Up: 2/11", "✔ Up: 11 create (13.0 s)"]);
  });

  it("ends a step as its work ends", async () => {
    const written: string[] = [];
    const progress = lines(
      (line) => written.push(line),
      5,
      () => 0,
    );
    assert.equal(await during(progress, "good", async () => 7, String), 7);
    await assert.rejects(
      during(progress, "bad", async () => Promise.reject(new Error("no"))),
      /no/,
    );
    assert.deepEqual(written, ["good …", "✔ good: 7 (0.0 s)", "bad …", "✖ bad (0.0 s)"]);
  });
});

describe("texts", () => {
  it("of durations", () => {
    assert.equal(secondsText(48.51), "48.5 s");
    assert.equal(secondsText(125.2), "2 min 5 s");
  });

  it("of tables: columns under each other, nothing behind the last", () => {
    assert.equal(table([["a", "b"], ["long", ""], []], ""), "a     b\nlong\n");
    assert.equal(table([]), "");
  });
});
