"use strict";
// What Pulumi runs: the program as `npm install` has compiled it. To translate it at each start would take longer than all the rest of it.
const { existsSync, readdirSync, statSync } = require("node:fs");
const { basename, join, resolve } = require("node:path");

const project = resolve(__dirname, "..");
const compiled = join(project, "dist", "stacks", "index.js");

if (!isInstalled("ajv")) refuse("The program's own packages are not installed", "npm install --include=dev");
if (!existsSync(compiled)) refuse("The program is not compiled yet", "npm run prepare");
const changed = newerSource();
if (changed) refuse(`${changed} has been changed since the program was compiled`, "npm run prepare");

module.exports = require(compiled);

/** A source that is newer than what was compiled of it. */
function newerSource() {
  const sources = ["components", "stacks"].flatMap((folder) =>
    readdirSync(join(project, folder), { recursive: true })
      .filter((file) => /^[^.].*\.ts$/.test(basename(file))) // editors leave files of their own beside them
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
  throw new RunError(`${problem}: (cd ${JSON.stringify(project)} && ${command}) mends that.`);
}
