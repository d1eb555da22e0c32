/**
 * The sum of the counts that every test runner has printed under a word.
 *
 * @param {string} report output of the test runners
 * @param {"passing" | "failing" | "pending"} word
 */
export function countOf(report, word) {
  return [...report.matchAll(new RegExp(`^\\s*(\\d+) ${word}\\b`, "gm"))].reduce(
    (sum, [, count]) => sum + Number(count),
    0,
  );
}
