import { transform } from "esbuild";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, relative } from "node:path";

/** Name of the function that replaces `__dirname` in a bundle. */
const folderFunction = "__folderInDist";

/** Maps `__dirname` to the folder of the source at its place in the output. */
export function sourceFolders(repository) {
  return {
    name: "source-folders",
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        if (path.includes("/node_modules/")) return undefined;
        const text = await readFile(path, "utf8");
        const folder = JSON.stringify(relative(repository, dirname(path)));
        return { contents: text.replace(/\b__dirname\b/g, `${folderFunction}(${folder})`), loader: "ts" };
      });
    },
  };
}

/**
 * Writes the output as CommonJS, for which esbuild has no code splitting. Node.js starts it faster, and the library is
 * CommonJS.
 */
export function commonJsChunks(outdir) {
  return {
    name: "commonjs-chunks",
    setup({ onEnd }) {
      onEnd(async ({ errors, outputFiles = [] }) => {
        if (errors.length > 0) return;
        await Promise.all(outputFiles.map((file) => write(file, outdir)));
      });
    },
  };
}

async function write({ path, text }, outdir) {
  await mkdir(dirname(path), { recursive: true });
  if (!path.endsWith(".js")) return writeFile(path, text);
  const { code } = await transform(text, {
    ...{ format: "cjs", platform: "node", target: "node20.19", supported: { "dynamic-import": false } },
    ...{ minifyWhitespace: true, legalComments: "inline" },
  });
  const root = JSON.stringify(relative(dirname(path), outdir));
  const folder = `const ${folderFunction}=(folder)=>require("node:path").join(__dirname,${root},folder);\n`;
  await writeFile(path, text.includes(folderFunction) ? withFirstLine(code, folder) : code);
}

/** Inserts code after the interpreter line. */
function withFirstLine(code, line) {
  const [, shebang = "", rest] = /^(#!.*\n)?([\s\S]*)$/.exec(code);
  return shebang + line + rest;
}
