import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { expectedChanges } from "../states/expected-changes";

interface Row {
  change: string;
  restarts: string;
  reason: string;
}

/** Rows of the newest version's table "What this version restarts". */
function restartsIn(changelog: string): Row[] {
  const [, newest = ""] = changelog.split(/^## /m);
  const [, section = ""] = newest.split(/^### What this version restarts$/m);
  const [table = ""] = section.split(/^###/m);
  const [, , ...rows] = table.split("\n").filter((line) => line.startsWith("|"));
  return rows.map((row) => {
    const [, change = "", restarts = "", reason = ""] = row.split("|").map((cell) => cell.trim());
    return { change, restarts, reason };
  });
}

/** What a table and a list of expected changes do not have in common. */
function mismatches(rows: readonly Row[], expected: readonly { reason: string }[]): string[] {
  const restarting = rows.filter(({ restarts }) => restarts !== "nothing");
  return [
    ...expected.filter((one) => !restarting.some(({ reason }) => reason === one.reason)).map(({ reason }) => reason),
    ...restarting.filter((one) => !expected.some(({ reason }) => reason === one.reason)).map(({ change }) => change),
  ];
}

describe("the changelog's table of what the version restarts", () => {
  const rows = restartsIn(readFileSync(path.resolve(__dirname, "../../CHANGELOG.md"), "utf8"));

  it("has a row with the reason of each change that is expected of a deployed stack, and no other that restarts", () => {
    assert.ok(rows.length > 0);
    assert.deepEqual(mismatches(rows, expectedChanges), []);
  });

  it("differs from the list without a row, and without a change", () => {
    const restarting = rows.filter(({ restarts }) => restarts !== "nothing");
    const reasons = expectedChanges.map(({ reason }) => reason);
    assert.deepEqual(mismatches([], expectedChanges), reasons);
    assert.deepEqual(
      mismatches(rows, []),
      restarting.map(({ change }) => change),
    );
  });

  it("is read with its cells, and ends with its section", () => {
    const text =
      "# C\n## Unreleased\n### What this version restarts\n\n| A | B | C |\n|-|-|-|\n| a | all | why |\n### Added\n| x | y | z |\n## 1\n";
    assert.deepEqual(restartsIn(text), [{ change: "a", restarts: "all", reason: "why" }]);
  });
});
