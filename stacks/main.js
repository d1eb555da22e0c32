"use strict";
// Entry point for Pulumi: runs the program that `npm install` compiled. Compiling it at each start would take longer than running it.
const { existsSync, readdirSync, statSync } = require("node:fs");
const { basename, join, resolve } = require("node:path");

const project = resolve(__dirname, "..");
const compiled = join(project, "dist", "stacks", "index.js");

if (!isInstalled("ajv")) refuse("The dependencies of the program are not installed", "npm install --include=dev");
if (!existsSync(compiled)) refuse("The program is not compiled", "npm run prepare");
const changed = newerSource();
if (changed) refuse(`${changed} has changed since the program was compiled`, "npm run prepare");

module.exports = require(compiled);

/** Returns a source that is newer than the compiled program. */
function newerSource() {
  const sources = ["components", "stacks"].flatMap((folder) =>
    readdirSync(join(project, folder), { recursive: true })
      .filter((file) => /^[^.].*\.ts$/.test(basename(file))) // excludes temporary files of editors
      .map((file) => join(folder, file)),
  );
  const modified = (file) => statSync(file).mtimeMs;
  return ["index.ts", "tsconfig.json", ...sources].find((file) => modified(join(project, file)) > modified(compiled));
}

function isInstalled(name) {
  try {
    return require.resolve(name) !== undefined;
  } catch {
    return false;
  }
}

function refuse(problem, command) {
  const { RunError } = require("@pulumi/pulumi");
  throw new RunError(`${problem}. Run: (cd ${JSON.stringify(project)} && ${command})`);
}
