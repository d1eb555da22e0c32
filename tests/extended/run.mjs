// Runs the tests that do not fit into `npm test`, one file after the other, and records each result.
import { spawn } from "node:child_process";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
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
  const output = await mocha(file);
  const count = (word) => Number(new RegExp(`^\\s*(\\d+) ${word}\\b`, "m").exec(output)?.[1] ?? 0);
  const result = { passed: count("passing"), failed: count("failing"), skipped: count("pending") };
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  const date = new Date(startedAt).toISOString().slice(0, 10);
  recordResult(repository, file, { date, command: `npm run test:extended -- ${file}`, ...result, seconds, hash });
  if (result.failed > 0 || result.passed === 0) process.exitCode = 1;
}

/** Runs one file and returns its output, which is printed as well. */
function mocha(file) {
  const program = path.join(repository, "node_modules", "mocha", "bin", "mocha.js");
  const child = spawn(process.execPath, [program, file], { cwd: repository, stdio: ["inherit", "pipe", "inherit"] });
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => child.kill(signal));
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (part) => {
    output += part;
    process.stdout.write(part);
  });
  return new Promise((resolve) => child.once("close", () => resolve(output)));
}
