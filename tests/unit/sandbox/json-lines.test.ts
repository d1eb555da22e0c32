import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { followJsonLines, parseJsonLines, readJsonLines } from "../../../sandbox/json-lines";

describe("JSON lines", () => {
  let directory: string;
  let file: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "json-lines-"));
    file = join(directory, "lines.jsonl");
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it("are the same however they come in parts", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.array(fc.nat(40)), (values, cuts) => {
        const text = values.map((value) => `${JSON.stringify(value)}\n`).join("");
        const seen: unknown[] = [];
        let rest = "";
        let position = 0;
        for (const cut of [...cuts, text.length]) {
          const parsed = parseJsonLines(rest + text.slice(position, position + cut));
          seen.push(...parsed.values);
          rest = parsed.rest;
          position += cut;
        }
        assert.deepEqual(seen, JSON.parse(JSON.stringify(values)));
      }),
    );
  });

  it("of a file that does not exist are none, and an unfinished line is not read", () => {
    assert.deepEqual(readJsonLines(file), []);
    writeFileSync(file, '{"a":1}\n{"a":');
    assert.deepEqual(readJsonLines(file), [{ a: 1 }]);
  });

  it("are followed as they are appended, also to a file that comes later", async () => {
    const seen: unknown[] = [];
    const end = followJsonLines(file, (value) => seen.push(value));
    try {
      appendFileSync(file, '{"a":1}\n{"a"');
      appendFileSync(file, ":2}\n");
      for (const deadline = Date.now() + 5_000; seen.length < 2 && Date.now() < deadline;) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      assert.deepEqual(seen, [{ a: 1 }, { a: 2 }]);
    } finally {
      end();
    }
  });
});
