"use strict";
// Loaded into every process of Node.js of a run by NODE_OPTIONS: notes how long the stack's program took from its first line to its last,
// and how much of that went to Pulumi's SDK, which every program loads.
const { writeFileSync } = require("node:fs");
const Module = require("node:module");
const { join } = require("node:path");

const { PROGRAM, NOTES } = process.env;
const { _load: load } = Module;
const seconds = {};

Module._load = function (request, ...rest) {
  const part = request === PROGRAM ? "program" : request === "@pulumi/pulumi" ? "sdk" : undefined;
  if (part === undefined || (part === "sdk" && "sdk" in seconds)) return load.call(this, request, ...rest);
  const begin = performance.now();
  const loaded = load.call(this, request, ...rest);
  seconds[part] = (performance.now() - begin) / 1000;
  if (part === "program") writeFileSync(join(NOTES, `${process.pid}.json`), JSON.stringify(seconds));
  return loaded;
};
