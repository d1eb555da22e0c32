"use strict";
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { dirname } = require("node:path");

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
  const unfinished = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(unfinished, text);
    renameSync(unfinished, file);
  } catch {
    // A folder that cannot be written costs time only.
  }
}

module.exports = { readKept, keep };
