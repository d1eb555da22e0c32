"use strict";
const { randomUUID } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } = require("node:fs");

/** A folder to keep code in, made where it is missing; undefined where others could write to it: what is kept is run. */
function keepingFolder(directory) {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const { uid, mode } = statSync(directory);
    return uid === process.getuid() && (mode & 0o022) === 0 ? directory : undefined;
  } catch {
    return undefined; // it cannot be made: that costs time only
  }
}

/** What is kept in a file, or undefined. */
function readKept(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined; // not made yet
  }
}

/** Keeps a text where it can. Another process may do the same at this moment: a file is there as a whole, or not. */
function keep(file, text) {
  const unfinished = `${file}.${randomUUID()}`;
  try {
    writeFileSync(unfinished, text, { flush: true });
    renameSync(unfinished, file);
  } catch {
    // A folder that cannot be written costs time only.
  }
}

module.exports = { keep, keepingFolder, readKept };
