#!/usr/bin/env node
"use strict";
// The command in a clone, which is built first if a source has changed. The published package has dist/ alone.
const { spawnSync } = require("node:child_process");
const { resolve } = require("node:path");
const { isBuilt } = require("./is-built.js");

const { status } = isBuilt()
  ? { status: 0 }
  : spawnSync(process.execPath, [resolve(__dirname, "..", "bootstrap.mjs"), "--quiet"], { stdio: ["ignore", 2, 2] });
if (status === 0) require("./dist/tool/longhorn-s3.js");
else process.exitCode = status ?? 1;
