import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryDirectory } from "../../../tool/repository";

interface ExtendedRecord {
  hashOf(repository: string, covered: readonly string[]): string;
  problemsOfRecord(repository: string): string[];
  recordResult(repository: string, file: string, result: Record<string, unknown>): void;
}

const file = "tests/extended/slow.test.ts";
const recordModule: string = "../../extended/record.mjs";

describe("the record of the extended tests", () => {
  let record: ExtendedRecord;
  let repository: string;

  before(async () => {
    record = (await import(recordModule)) as ExtendedRecord;
  });
  beforeEach(() => {
    repository = mkdtempSync(join(tmpdir(), "extended-record-"));
    mkdirSync(join(repository, "tests", "extended"), { recursive: true });
    mkdirSync(join(repository, "code", "node_modules"), { recursive: true });
    writeFileSync(join(repository, file), "");
    writeFileSync(join(repository, "code", "a.ts"), "f(1);");
  });
  afterEach(() => rmSync(repository, { recursive: true }));

  const covers = (paths: string[]): void =>
    writeFileSync(join(repository, "tests/extended/covers.json"), JSON.stringify({ [file]: paths }));
  const hash = (): string => record.hashOf(repository, ["code"]);
  const passed = (more: Record<string, unknown> = {}): void =>
    record.recordResult(repository, file, { date: "2026-01-01", passed: 3, failed: 0, hash: hash(), ...more });

  it("is as new as the code of this repository", () => {
    assert.deepEqual(record.problemsOfRecord(repositoryDirectory), []);
  });

  it("is accepted with a result of the code as it is", () => {
    covers(["code"]);
    passed();
    assert.deepEqual(record.problemsOfRecord(repository), []);
  });

  it("names a file without a list of what it covers", () => {
    assert.match(record.problemsOfRecord(repository).join(), /^tests\/extended\/slow\.test\.ts: .*covers/);
  });

  it("names a file without a result", () => {
    covers(["code"]);
    assert.match(record.problemsOfRecord(repository).join(), /no result is recorded; run: npm run test:extended -- /);
  });

  for (const [what, result] of Object.entries({ failures: { failed: 1 }, "no test": { passed: 0 } })) {
    it(`names a file whose last result has ${what}`, () => {
      covers(["code"]);
      passed(result);
      assert.match(record.problemsOfRecord(repository).join(), /its last result is/);
    });
  }

  const changes: Record<string, () => void> = {
    "another content": () => writeFileSync(join(repository, "code", "a.ts"), "f(2);"),
    "another file": () => writeFileSync(join(repository, "code", "b.ts"), ""),
    "another name": () => {
      cpSync(join(repository, "code", "a.ts"), join(repository, "code", "c.ts"));
      rmSync(join(repository, "code", "a.ts"));
    },
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`names a file whose covered code has ${what}`, () => {
      covers(["code"]);
      passed();
      change();
      assert.match(record.problemsOfRecord(repository).join(), /has changed since 2026-01-01; run: /);
    });
  }

  it("does not look at comments", () => {
    covers(["code"]);
    passed();
    writeFileSync(join(repository, "code", "a.ts"), "/** Calls `f`. */\nf(1); // once\n");
    assert.deepEqual(record.problemsOfRecord(repository), []);
  });

  it("does not look at installed packages", () => {
    covers(["code"]);
    passed();
    writeFileSync(join(repository, "code", "node_modules", "x.js"), "");
    assert.deepEqual(record.problemsOfRecord(repository), []);
  });
});
