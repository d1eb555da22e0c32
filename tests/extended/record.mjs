// The committed record of the extended tests: what each file covers, and its last result.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import ts from "typescript";

const folder = path.join("tests", "extended");
const coversFile = path.join(folder, "covers.json");
const resultsFile = path.join(folder, "results.json");

/** Paths of the extended test files, relative to the repository. */
export function extendedFiles(repository) {
  return readdirSync(path.join(repository, folder))
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => path.join(folder, name))
    .sort();
}

/** Files and folders that a test file covers: after a change of one of them its last result says nothing. */
export function coversOf(repository, file) {
  return read(repository, coversFile)[file] ?? [];
}

/** Last result of each test file, by its path. */
export function resultsIn(repository) {
  return read(repository, resultsFile);
}

export function recordResult(repository, file, result) {
  const results = { ...resultsIn(repository), [file]: result };
  const sorted = Object.fromEntries(Object.entries(results).sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(path.join(repository, resultsFile), `${JSON.stringify(sorted, undefined, 2)}\n`);
}

/**
 * SHA-256 of the paths and contents of everything below the covered paths, except installed packages. Comments and types
 * of TypeScript do not count.
 */
export function hashOf(repository, covered) {
  const hash = createHash("sha256");
  for (const file of covered.flatMap((each) => filesBelow(repository, each)).sort()) {
    const content = contentOf(path.join(repository, file));
    hash.update(`${file}\0${content.length}\0`);
    hash.update(content);
  }
  return hash.digest("hex");
}

/**
 * What is wrong with the record, one sentence each: a file without a list of what it covers, without a result, with
 * failures, or with a result that is older than the code.
 */
export function problemsOfRecord(repository) {
  const results = resultsIn(repository);
  return extendedFiles(repository).flatMap((file) => {
    const rerun = `run: npm run test:extended -- ${file}`;
    const covered = coversOf(repository, file);
    if (covered.length === 0) return [`${file}: ${coversFile} does not say what it covers`];
    const result = results[file];
    if (result === undefined) return [`${file}: no result is recorded; ${rerun}`];
    if (result.failed > 0 || result.passed === 0) {
      return [`${file}: its last result is ${result.passed} passed, ${result.failed} failed; ${rerun}`];
    }
    return result.hash === hashOf(repository, covered)
      ? []
      : [`${file}: the code that it covers has changed since ${result.date}; ${rerun}`];
  });
}

function contentOf(file) {
  const content = readFileSync(file);
  if (!file.endsWith(".ts")) return content;
  const compilerOptions = { removeComments: true, target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext };
  return Buffer.from(ts.transpileModule(content.toString(), { compilerOptions }).outputText);
}

function filesBelow(repository, each) {
  if (!statSync(path.join(repository, each)).isDirectory()) return [each];
  return readdirSync(path.join(repository, each)).flatMap((name) =>
    name === "node_modules" ? [] : filesBelow(repository, path.join(each, name)),
  );
}

function read(repository, file) {
  const whole = path.join(repository, file);
  return existsSync(whole) ? JSON.parse(readFileSync(whole, "utf8")) : {};
}
