"use strict";
const { readdirSync, statSync } = require("node:fs");
const { join, resolve } = require("node:path");

const repository = resolve(__dirname, "..");
const built = join(__dirname, "dist", "tool", "longhorn-s3.js");

/** Folders and files of the repository that dist/ is built from. */
const sources = [
  "components",
  "plugin",
  "sandbox",
  "stacks",
  "template",
  "tool",
  "index.ts",
  "package.json",
  "tsconfig.json",
];

/** Whether dist/ is as new as its sources. */
function isBuilt() {
  const then = modified(built);
  return then !== undefined && !sources.some((path) => isNewer(join(repository, path), then));
}

function isNewer(path, then) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return false;
  if (!stats.isDirectory()) return stats.mtimeMs > then;
  return readdirSync(path).some((name) => !isLeftOut(name) && isNewer(join(path, name), then));
}

const isLeftOut = (name) => name.startsWith(".") || ["node_modules", "dist"].includes(name);

function modified(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs;
}

module.exports = { isBuilt };
