"use strict";
// The sources run as they are: types are the business of `npm run check`, not of every start. What they become is kept, since the
// compiler takes longer to load and to work than a short command takes in all.
const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { keep, readKept } = require("./kept-files.js");

/** Lets `require` take TypeScript; what becomes of a file is kept in `directory`, where there is one, until the file changes. */
function runsTypeScript(directory) {
  const { version } = require("typescript/package.json");
  const options = readFileSync(join(__dirname, "..", "tsconfig.json"), "utf8");
  let compiler;
  const compile = (source, file) => {
    compiler ??= require("ts-node").create({ transpileOnly: true, cwd: __dirname });
    return compiler.compile(source, file);
  };
  require.extensions[".ts"] = (module, file) => {
    const source = readFileSync(file, "utf8");
    const key = createHash("sha256").update([version, options, file, source].join("\0")).digest("hex");
    const kept = directory && join(directory, `${key}.js`);
    let compiled = kept && readKept(kept);
    if (compiled === undefined) {
      compiled = compile(source, file);
      if (kept) keep(kept, compiled);
    }
    module._compile(compiled, file);
  };
}

module.exports = { runsTypeScript };
