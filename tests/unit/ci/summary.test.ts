import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryDirectory } from "../../../tool/repository";

describe("the summary of a test run", () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "summary-"))));
  afterEach(() => rmSync(directory, { recursive: true }));

  const summary = (report: readonly string[], status: number, durations: readonly object[] = []) => {
    const files = { report: join(directory, "report"), durations: join(directory, "durations") };
    writeFileSync(files.report, report.join("\n"));
    writeFileSync(files.durations, durations.map((one) => `${JSON.stringify(one)}\n`).join(""));
    const script = join(repositoryDirectory, ".ci", "summary.mjs");
    const ended = spawnSync(process.execPath, [script, files.report, String(status), files.durations], {
      encoding: "utf8",
    });
    return { code: ended.status, lines: ended.stdout.trimEnd().split("\n") };
  };

  it("ends with the sum of every runner's counts", () => {
    const { code, lines } = summary(["  12 passing (3s)", "  2 pending", "  30 passing (1m)"], 0);
    assert.equal(lines.at(-1), "42 passed, 0 failed, 2 skipped");
    assert.equal(code, 0);
  });

  it("counts a run that ended badly without a failed test as one failure", () => {
    const { code, lines } = summary(["  12 passing (3s)"], 2);
    assert.equal(lines.at(-1), "12 passed, 1 failed");
    assert.equal(code, 1);
  });

  it("lists the phases, and the slowest files and tests, hooks included", () => {
    const durations = [
      { file: "a.test.ts", title: "a › quick", seconds: 1 },
      { file: "b.test.ts", title: 'b › "before all" hook', seconds: 30 },
      { file: "b.test.ts", title: "b › slow", seconds: 4 },
    ];
    const { lines } = summary(["phase check: 63.2 s", "  2 passing (1m)", "phase unit: 9.0 s"], 0, durations);
    assert.deepEqual(
      lines.filter((line) => line !== ""),
      [
        "Phases",
        "    63.2 s  check",
        "     9.0 s  unit",
        "Slowest files (of 2), hooks included",
        "    34.0 s  b.test.ts",
        "     1.0 s  a.test.ts",
        "Slowest tests and hooks",
        '    30.0 s  b › "before all" hook (b.test.ts)',
        "     4.0 s  b › slow (b.test.ts)",
        "     1.0 s  a › quick (a.test.ts)",
        "2 passed, 0 failed",
      ],
    );
  });
});
