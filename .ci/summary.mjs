// Prints the durations of a run of `npm test`, then its closing line, summing every test runner's own counts.
import { readFileSync } from "node:fs";
import { countOf } from "./counts.mjs";
import { durationsText } from "./durations.mjs";

const [, , file, status, durations] = process.argv;
const report = readFileSync(file, "utf8");

const passed = countOf(report, "passing");
const skipped = countOf(report, "pending");
// A run that ended badly without a counted failure (a check, an installation, a crash) is a failure all the same.
const failed = Math.max(countOf(report, "failing"), status === "0" ? 0 : 1);

if (durations !== undefined) console.log(durationsText(report, readFileSync(durations, "utf8")));
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
