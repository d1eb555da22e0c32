// Makes sure of what has to be there before anything here can run: the npm dependencies of this package, of tool/, of
// sandbox/ and of policy/ (packages of their own, each with its own lock file), dist/ and tool/dist/. It needs Node alone and
// does nothing where everything is in place. --quiet: no word but errors.
import { spawn } from "node:child_process";
import { linkSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import toolBuild from "./tool/is-built.js";

/** The exit code where the machine lacks something, as of the command longhorn-s3. */
const environmentLacks = 3;

const oldestNode = [20, 19];

const repository = path.dirname(fileURLToPath(import.meta.url));
const quiet = process.argv.includes("--quiet");

/** Everything to make sure of, and the seconds that making it took on two cores with an empty npm cache. */
const steps = [
  { name: "npm packages", isDone: () => isInstalled("."), make: () => install("."), seconds: 30 },
  { name: "npm packages of tool/", isDone: () => isInstalled("tool"), make: () => install("tool"), seconds: 10 },
  {
    name: "npm packages of sandbox/",
    isDone: () => isInstalled("sandbox"),
    make: () => install("sandbox"),
    seconds: 10,
  },
  { name: "npm packages of policy/", isDone: () => isInstalled("policy"), make: () => install("policy"), seconds: 20 },
  { name: "dist/", isDone: isCompiled, make: compile, seconds: 10 },
  { name: "tool/dist/", isDone: toolBuild.isBuilt, make: buildTool, seconds: 10 },
];

/** What the machine cannot do, in one sentence that says what to do about it. */
class BootstrapError extends Error {}

try {
  checkMachine();
  if (!steps.every(({ isDone }) => isDone())) await alone(makeAll);
} catch (error) {
  if (!(error instanceof BootstrapError)) throw error;
  console.error(error.message);
  process.exitCode = environmentLacks;
}

function checkMachine() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [oldestMajor, oldestMinor] = oldestNode;
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
    throw new BootstrapError(
      `Node ${process.versions.node} is too old: install Node ${oldestNode.join(".")} or newer (https://nodejs.org).`,
    );
  }
  if (process.platform !== "linux") {
    throw new BootstrapError(`The sandbox runs on Linux, and this is ${process.platform}: use a Linux machine or VM.`);
  }
}

async function makeAll() {
  for (const { name, isDone, make, seconds } of steps) {
    if (isDone()) continue;
    say(`${name}: about ${seconds} s …`);
    await make();
  }
}

/** Whether everything that a package's lock file names lies in its node_modules, by the record that npm keeps there. */
function isInstalled(folder) {
  const record = path.join(repository, folder, "node_modules", ".package-lock.json");
  const locked = lockedPackages(path.join(repository, folder, "package-lock.json"));
  const installed = exists(record) ? lockedPackages(record) : {};
  return Object.entries(locked).every(
    ([place, { version, integrity, optional }]) =>
      place === "" || // the package itself
      optional === true || // those for other platforms are never installed
      (installed[place]?.version === version && installed[place]?.integrity === integrity),
  );
}

function lockedPackages(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages;
}

/** Without the packages' own scripts: the one of @pulumi/kubernetes would fetch a plugin, and none is needed. */
async function install(folder) {
  const options = ["--ignore-scripts", "--include=dev", "--include=peer", "--loglevel=error"];
  const { code, output } = await run("npm", ["ci", ...options], path.join(repository, folder));
  if (code === 0) return;
  const log = /A complete log of this run can be found in: (\S+)/.exec(output)?.[1];
  throw new BootstrapError(
    `"npm ci" in ${path.join(repository, folder)} fails with "${cause(output)}": repair that and run the same command again` +
      `${log === undefined ? "" : `, details are in ${log}`}.`,
  );
}

/** The first line of npm's report that says more than a code. */
function cause(output) {
  const lines = output
    .split("\n")
    .map((line) => line.replace(/^npm error/, "").trim())
    .filter((line) => line !== "");
  return lines.find((line) => !/^(code|errno|syscall|path|dest) /.test(line)) ?? lines[0] ?? "no word";
}

/** Whether dist/ is as new as what it is compiled from. */
function isCompiled() {
  const compiled = path.join(repository, "dist", "stacks", "index.js"); // what the compiler writes last
  if (!exists(compiled)) return false;
  const sources = ["components", "plugin", "stacks"].flatMap((folder) =>
    readdirSync(path.join(repository, folder), { recursive: true })
      .filter((file) => /^[^.].*\.ts$/.test(path.basename(file)))
      .map((file) => path.join(folder, file)),
  );
  const newest = Math.max(
    ...["index.ts", "tsconfig.json", ...sources].map((file) => modified(path.join(repository, file))),
  );
  return modified(compiled) >= newest;
}

/** Without type-checking, which is `npm run check`'s. */
async function compile() {
  const compiler = path.join(repository, "node_modules", "typescript", "bin", "tsc");
  const { code, output } = await run(process.execPath, [compiler, "--noCheck"], repository);
  if (code !== 0) {
    throw new BootstrapError(
      `Compiling the package fails with "${output.trim().split("\n")[0]}": "npm run check" says more.`,
    );
  }
}

async function buildTool() {
  const { code, output } = await run(process.execPath, [path.join(repository, "tool", "build.mjs")], repository);
  if (code !== 0) throw new BootstrapError(`Building tool/dist/ fails: "node tool/build.mjs" says\n${output.trim()}`);
}

function run(program, args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (text) => (output += text));
    child.once("error", () =>
      reject(new BootstrapError(`${program} is not on PATH: install it (it comes with Node).`)),
    );
    child.once("close", (code) => resolve({ code, output }));
  });
}

/**
 * Runs `work` while no other process does so for this repository. The lock is a file that names its holder, in the repository, where
 * no other user can hold it. It counts for nothing once the holder has ended, however that ended.
 */
async function alone(work) {
  const lock = path.join(repository, ".bootstrap.lock");
  const own = `${lock}.${process.pid}`;
  writeFileSync(own, processMark(process.pid));
  try {
    for (let isFirst = true; !take(lock, own); isFirst = false) {
      if (isFirst) say(`waiting for another process that installs (${read(lock)?.split(" ")[0]}) …`);
      await sleep(100);
    }
  } finally {
    rmSync(own);
  }
  try {
    await work();
  } finally {
    rmSync(lock);
  }
}

/** Takes the lock if no process that lives holds it. */
function take(lock, own) {
  if (linked(own, lock)) return true;
  const holder = read(lock);
  if (holder === undefined || holder === processMark(holder.split(" ")[0])) return false;
  const old = `${own}.old`;
  try {
    renameSync(lock, old);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    return false;
  }
  if (read(old) !== holder) linked(old, lock); // another process had taken it over in between
  rmSync(old);
  return linked(own, lock);
}

/** A link is made whole or not at all, and never over another file. */
function linked(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    return false;
  }
}

/** A process by its number and its start, since numbers are given again; undefined if it has ended. */
function processMark(pid) {
  const [state, ...fields] = (read(`/proc/${pid}/stat`) ?? "").split(") ").at(-1).split(" ");
  const startedAt = fields[18];
  return startedAt === undefined || state === "Z" ? undefined : `${pid} ${startedAt}`;
}

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (!["ENOENT", "ESRCH"].includes(error.code)) throw error;
    return undefined;
  }
}

function say(text) {
  if (!quiet) console.error(text);
}

function exists(file) {
  return statSync(file, { throwIfNoEntry: false }) !== undefined;
}

function modified(file) {
  return statSync(file).mtimeMs;
}
