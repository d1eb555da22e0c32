"use strict";
// A package of hundreds of files takes longer to load than a short command takes in all; as one file, a fifth of that.
const { createHash } = require("node:crypto");
const { existsSync, readFileSync } = require("node:fs");
const Module = require("node:module");
const { join } = require("node:path");
const { keep, keepingFolder } = require("./kept-files.js");

/**
 * Lets `require` take the package `name`, as this folder has it, as one file, which is kept in `directory` until the package changes.
 * Where it cannot be bundled or kept, the package is taken as it is.
 */
function requiresBundled(name, directory) {
  const whole = require.resolve(name);
  const resolveFilename = Module._resolveFilename;
  let bundled;
  Module._resolveFilename = function (...request) {
    const resolved = resolveFilename.apply(this, request);
    return resolved === whole ? (bundled ??= bundle(whole, directory) ?? whole) : resolved;
  };
}

/** The package as one file, which is made where it is not there. */
function bundle(whole, directory) {
  const locked = readFileSync(join(__dirname, "package-lock.json"), "utf8"); // what it needs may change, too
  const how = [whole, locked, process.versions.node, readFileSync(__filename, "utf8")];
  const key = createHash("sha256").update(how.join("\0")).digest("hex");
  // Of what is in a folder of this name, Node says as little as of the package itself, such as what it deprecates.
  const folder = keepingFolder(join(directory, "node_modules"));
  if (folder === undefined) return undefined;
  const file = join(folder, `${key}.js`);
  if (existsSync(file)) return file;
  try {
    const { outputFiles } = require("esbuild").buildSync({
      ...{ entryPoints: [whole], bundle: true, write: false, logLevel: "silent" },
      ...{ platform: "node", format: "cjs", target: `node${process.versions.node}` },
      ...{ minifyWhitespace: true, minifySyntax: true, keepNames: true },
      // Else `ws` would look for its optional packages from where the file is kept.
      define: { "process.env.WS_NO_BUFFER_UTIL": "true", "process.env.WS_NO_UTF_8_VALIDATE": "true" },
    });
    keep(file, outputFiles[0].text);
  } catch {
    return undefined; // no esbuild for this machine
  }
  return existsSync(file) ? file : undefined;
}

module.exports = { requiresBundled };
