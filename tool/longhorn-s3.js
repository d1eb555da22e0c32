#!/usr/bin/env node
"use strict";
const { homedir } = require("node:os");
const { join } = require("node:path");
const { requiresBundled } = require("./bundled-package.js");
const { keepingFolder } = require("./kept-files.js");
const { runsTypeScript } = require("./typescript-sources.js");

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "longhorn-s3");
// Of Node 22 on: what V8 has made of packages is kept as well.
const ofV8 = keepingFolder(join(cache, "v8"));
if (ofV8) require("node:module").enableCompileCache?.(ofV8);
const compiled = keepingFolder(join(cache, "compiled"));
runsTypeScript(compiled);
if (compiled) requiresBundled("@kubernetes/client-node", compiled);
require("./main.ts");
