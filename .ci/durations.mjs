/** How many files and tests are shown. */
const shown = 15;

/**
 * The phases of a run and its slowest files and tests, as text.
 *
 * @param {string} report output of the run, with lines such as "phase check: 12.3 s"
 * @param {string} durations what `testbed/timed-reporter.ts` has written
 */
export function durationsText(report, durations) {
  const phases = [...report.matchAll(/^phase (\S+): ([\d.]+) s\r?$/gm)].map(([, name, seconds]) => [name, +seconds]);
  const entries = durations
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
  const files = new Map();
  for (const { file, seconds } of entries) files.set(file, (files.get(file) ?? 0) + seconds);
  const tests = entries.map(({ file, title, seconds }) => [`${title} (${file})`, seconds]);
  return [
    section("Phases", phases),
    section(`Slowest files (of ${files.size}), hooks included`, slowest(files)),
    section("Slowest tests and hooks", slowest(tests)),
  ].join("");
}

const slowest = (rows) => [...rows].sort(([, a], [, b]) => b - a).slice(0, shown);

function section(title, rows) {
  return `\n${[title, ...rows.map(([name, seconds]) => `${seconds.toFixed(1).padStart(8)} s  ${name}`)].join("\n")}\n`;
}
