"use strict";
// The sources run as they are: types are the business of `npm run check`, not of every start. What they become is kept, since the
// compiler takes longer to load and to work than a short command takes in all.
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

/** Lets `require` take TypeScript; what becomes of a file is kept in `directory` until the file changes. */
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
    const kept = join(directory, `${key}.js`);
    module._compile(read(kept) ?? keep(kept, directory, compile(source, file)), file);
  };
}

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined; // not made yet
  }
}

/** Another process may do the same at this moment: a file is there as a whole, or not. */
function keep(file, directory, code) {
  const unfinished = `${file}.${process.pid}`;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeFileSync(unfinished, code);
    renameSync(unfinished, file);
  } catch {
    // A folder that cannot be written costs time only.
  }
  return code;
}

module.exports = { runsTypeScript };
