#!/usr/bin/env node
"use strict";
const { homedir } = require("node:os");
const { join } = require("node:path");
const { requiresBundled } = require("./bundled-package.js");
const { runsTypeScript } = require("./typescript-sources.js");

const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "longhorn-s3");
// Of Node 22 on: what V8 has made of packages is kept as well.
require("node:module").enableCompileCache?.(join(cache, "v8"));
runsTypeScript(join(cache, "compiled"));
requiresBundled("@kubernetes/client-node", join(cache, "compiled"));
require("./main.ts");
