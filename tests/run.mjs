// Runs one part of the tests with mocha, its files in an order of our own.
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startMocha } from "./mocha.mjs";

const usage = `node tests/run.mjs unit|sandbox [--seed N] [--jobs N] [--record | --list]

  unit         tests/unit and tests/construct, in one process
  sandbox      all others, which use the toolchain and the sandbox; without tests/extended
  --seed N     shuffles the files by this seed (default: TEST_SEED); without one, the longest files start first
  --jobs N     worker processes for the files (default 1 for unit, 3 for sandbox)
  --record     writes the seconds of each file into tests/durations.json, for the order of later runs
  --list       prints the files in their order and runs nothing`;

const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const unitFolders = ["unit", "construct"];
/** Tests that `npm run test:extended` runs. */
const extendedFolder = "extended";

/** Seconds of each file in an earlier run, by its path. */
const durationsFile = path.join(repository, "tests", "durations.json");

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string", default: process.env.TEST_SEED },
    jobs: { type: "string" },
    record: { type: "boolean", default: false },
    list: { type: "boolean", default: false },
  },
});
const [part] = positionals;
if (part !== "unit" && part !== "sandbox") fail(usage);
const { seed, jobs = part === "unit" ? "1" : "3" } = values;
for (const [name, value] of Object.entries({ seed, jobs })) {
  if (value !== undefined && !/^\d+$/.test(value)) fail(`--${name} is "${value}": must be a whole number, such as 1`);
}

const files = testFiles(part === "unit");
const ordered = seed === undefined ? longestFirst(files) : shuffled(files, seed);
if (values.list) {
  console.log(ordered.join("\n"));
} else {
  if (seed !== undefined) console.log(`files shuffled by seed ${seed}: repeat with TEST_SEED=${seed}`);
  const code = await (values.record ? recorded : run)(jobs === "1" ? [] : ["--parallel", "--jobs", jobs], ordered);
  process.exitCode = code;
}

function testFiles(areUnits) {
  return readdirSync(path.join(repository, "tests"), { recursive: true })
    .filter((file) => file.endsWith(".test.ts") && !file.startsWith(`${extendedFolder}${path.sep}`))
    .filter((file) => unitFolders.includes(file.split(path.sep)[0]) === areUnits)
    .map((file) => path.join("tests", file));
}

/** By a hash of seed and name, so that one more file does not change the order of the others. */
function shuffled(all, by) {
  const key = (file) => createHash("sha256").update(`${by}:${file}`).digest("hex");
  return [...all].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/**
 * Files that share a sandbox come first: a worker keeps it until it takes a file that needs one of its own. Among each,
 * the longest come first, and those of an unknown duration before them.
 */
function longestFirst(all) {
  const seconds = knownSeconds();
  const keys = new Map(
    all.map((file) => [
      file,
      [sharesSandbox(file) ? 1 : 0, seconds[file] ?? Infinity, statSync(path.join(repository, file)).size],
    ]),
  );
  return [...all].sort((a, b) => {
    const [one, other] = [keys.get(a), keys.get(b)];
    const index = one.findIndex((value, at) => value !== other[at]);
    return index === -1 ? a.localeCompare(b) : other[index] - one[index];
  });
}

function knownSeconds() {
  return existsSync(durationsFile) ? JSON.parse(readFileSync(durationsFile, "utf8")) : {};
}

function sharesSandbox(file) {
  return readFileSync(path.join(repository, file), "utf8").includes("shareSandbox(");
}

function run(options, all, environment = process.env) {
  const child = startMocha(repository, [...options, ...all], { env: environment, stdio: "inherit" });
  return new Promise((resolve) => child.once("close", (code) => resolve(code ?? 1)));
}

async function recorded(options, all) {
  const directory = mkdtempSync(path.join(tmpdir(), "test-durations-"));
  const noted = path.join(directory, "durations");
  const code = await run(options, all, { ...process.env, TEST_DURATIONS: noted });
  const sums = {};
  for (const line of readFileSync(noted, "utf8").split("\n").filter(Boolean)) {
    const { file, seconds } = JSON.parse(line);
    sums[file] = (sums[file] ?? 0) + seconds;
  }
  rmSync(directory, { recursive: true });
  const seconds = { ...knownSeconds(), ...sums };
  const rows = Object.keys(seconds)
    .filter((file) => existsSync(path.join(repository, file)))
    .sort()
    .map((file) => [file, Math.round(seconds[file] * 10) / 10]);
  writeFileSync(durationsFile, `${JSON.stringify(Object.fromEntries(rows), undefined, 2)}\n`);
  return code;
}

function fail(message) {
  console.error(message);
  process.exit(2);
}
