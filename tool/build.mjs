// Builds what runs and what is published into dist/, where every file has the place that it has in the repository. bootstrap.mjs
// calls it when a source is newer. --watch: builds the JavaScript again whenever a source changes.
import { context } from "esbuild";
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { commonJsChunks, sourceFolders } from "./build-plugins.mjs";

const tool = dirname(fileURLToPath(import.meta.url));
const repository = dirname(tool);
const dist = join(tool, "dist");
/** Where nothing looks for sources. */
const unfinished = join(tool, "node_modules", ".dist");
const run = promisify(execFile);

/** What the command reads while it runs. */
const carried = ["LICENSE", "Pulumi.yaml", "Pulumi.sandbox.yaml", "sandbox/chart", "sandbox/programs", "template"];

const bundle = (outdir) =>
  context({
    absWorkingDir: repository,
    entryPoints: {
      "tool/longhorn-s3": "tool/main.ts",
      "tool/library/index": "tool/library/index.ts",
      "stacks/main": "stacks/index.ts",
    },
    outdir,
    chunkNames: "tool/chunks/[name]-[hash]",
    ...{ bundle: true, splitting: true, format: "esm", platform: "node", target: "node20.19" },
    ...{ minifyWhitespace: true, minifySyntax: true, keepNames: true, legalComments: "linked" },
    // Pulumi runs the stack's program with the SDK of the program's folder; of that SDK there has to be one.
    external: ["@pulumi/*"],
    // One copy of each, which the sandbox and the stacks have in folders of their own.
    alias: Object.fromEntries(
      ["@kubernetes/client-node", "ajv", "yaml"].map((name) => [name, join(tool, "node_modules", name)]),
    ),
    // Else `ws` looks for its optional packages, which nobody may have beside the bundle.
    define: { "process.env.WS_NO_BUFFER_UTIL": "true", "process.env.WS_NO_UTF_8_VALIDATE": "true" },
    plugins: [sourceFolders(repository), commonJsChunks(outdir)],
    ...{ metafile: true, write: false, logLevel: "warning" },
  });

async function buildAll() {
  const begun = new Date();
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished);
  await Promise.all([javaScript(), declarations(), componentsPackage()]);
  for (const path of carried)
    cpSync(join(repository, path), join(unfinished, path), { recursive: true, filter: isCarried });
  // npm packs no file of that name.
  cpSync(join(repository, "template", ".gitignore"), join(unfinished, "template", "gitignore"));
  // A source that is saved from now on is newer.
  utimesSync(join(unfinished, "tool", "longhorn-s3.js"), begun, begun);
  rmSync(dist, { recursive: true, force: true });
  renameSync(unfinished, dist);
}

async function javaScript() {
  const building = await bundle(unfinished);
  try {
    const { metafile } = await building.rebuild();
    await writeFile(join(unfinished, "THIRD-PARTY-LICENSES.txt"), licenses(Object.keys(metafile.inputs)));
  } finally {
    await building.dispose();
  }
}

/** The library's types; `npm run check` checks them. */
async function declarations() {
  const compiler = join(repository, "node_modules", "typescript", "bin", "tsc");
  await run(process.execPath, [compiler, "--project", join(tool, "library"), "--outDir", unfinished]);
}

/** The package of the components, for the projects that `init` writes. */
async function componentsPackage() {
  const folder = join(repository, "dist");
  for (const name of readdirSync(folder)) if (/^longhorn-s3-.*\.tgz$/.test(name)) rmSync(join(folder, name));
  await run("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], { cwd: repository });
  const [name] = readdirSync(folder).filter((file) => /^longhorn-s3-.*\.tgz$/.test(file));
  cpSync(join(folder, name), join(unfinished, "dist", name));
}

/** Go's tests and what editors and builds leave behind stay where they are. */
function isCarried(file) {
  const name = basename(file);
  return !name.startsWith(".") && !name.endsWith("_test.go") && !["testdata", "node_modules"].includes(name);
}

/** The licenses of the packages whose files are bundled. */
function licenses(inputs) {
  const folders = inputs.map((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0]);
  const texts = [...new Set(folders)]
    .filter((folder) => folder !== undefined)
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(repository, folder, "package.json"), "utf8"));
      const text = readdirSync(join(repository, folder), { withFileTypes: true })
        .filter((entry) => entry.isFile() && /^(licen[cs]e|notice)/i.test(entry.name))
        .map(({ name }) => readFileSync(join(repository, folder, name), "utf8").trim())
        .join("\n\n");
      return `${name} ${version} (${license})\n\n${text}\n`;
    });
  return [...new Set(texts)].sort().join(`\n${"-".repeat(80)}\n\n`);
}

if (!existsSync(join(repository, "dist", "index.js"))) {
  throw new Error(`${relative(process.cwd(), join(repository, "dist"))} is missing: "node bootstrap.mjs" compiles it`);
}
await buildAll();
if (process.argv.includes("--watch")) await (await bundle(dist)).watch();
