"use strict";
// What Pulumi runs: the program as `npm install` has compiled it. To translate it at each start would take longer than all the rest of it.
const { existsSync, readdirSync, statSync } = require("node:fs");
const { join, resolve } = require("node:path");

const project = resolve(__dirname, "..");
const compiled = join(project, "dist", "stacks", "index.js");

refuse(existsSync(compiled) ? staleness() : "The program is not compiled yet");
module.exports = require(compiled);

/** Which source is newer than what was compiled of it; a folder is where a file in it came or went. As `bootstrap.mjs` sees it. */
function staleness() {
  const modified = (file) => statSync(join(project, file)).mtimeMs;
  const inFolders = ["components", "stacks"].flatMap((folder) =>
    readdirSync(join(project, folder), { recursive: true }).map((file) => join(folder, file)),
  );
  const sources = ["index.ts", "tsconfig.json", ...inFolders.filter((file) => !/\.js(on)?$/.test(file))];
  const changed = sources.find((file) => modified(file) > statSync(compiled).mtimeMs);
  return changed && `${changed} has been changed since the program was compiled`;
}

function refuse(problem) {
  if (problem === undefined) return;
  const { RunError } = require("@pulumi/pulumi");
  throw new RunError(`${problem}: (cd ${JSON.stringify(project)} && npm install) compiles it.`);
}
