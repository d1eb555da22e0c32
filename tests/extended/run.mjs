// Runs the tests that do not fit into `npm test`, one file after the other, and records each result.
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { countOf } from "../../.ci/counts.mjs";
import { startMocha } from "../mocha.mjs";
import { coversOf, extendedFiles, hashOf, recordResult } from "./record.mjs";

const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");
const known = extendedFiles(repository);
const wanted = process.argv.slice(2);
const unknown = wanted.filter((file) => !known.includes(file));
if (unknown.length > 0) {
  console.error(`no extended tests: ${unknown.join(", ")}; expected some of: ${known.join(", ")}`);
  process.exit(2);
}

for (const file of wanted.length > 0 ? wanted : known) {
  const hash = hashOf(repository, coversOf(repository, file)); // of the code that runs, not of what it is at the end
  const startedAt = Date.now();
  const { output, code } = await mocha(file);
  const count = (word) => countOf(output, word);
  const result = { passed: count("passing"), failed: count("failing"), skipped: count("pending") };
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  const date = new Date(startedAt).toISOString().slice(0, 10);
  if (code !== Math.min(result.failed, 255)) {
    console.error(`${file} did not run to its end: nothing is recorded`);
    process.exitCode = 1;
    break;
  }
  recordResult(repository, file, { date, command: `npm run test:extended -- ${file}`, ...result, seconds, hash });
  if (result.failed > 0 || result.passed === 0) process.exitCode = 1;
}

/** Runs one file and returns its output, which is printed as well, and mocha's exit code: the number of failures. */
function mocha(file) {
  const child = startMocha(repository, [file], { stdio: ["inherit", "pipe", "inherit"] });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (part) => {
    output += part;
    process.stdout.write(part);
  });
  return new Promise((resolve) => child.once("close", (code) => resolve({ output, code })));
}
