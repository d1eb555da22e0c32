import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryDirectory } from "../../tool/repository";
import { shortDirectory } from "../../testbed/test-sandbox";
import { succeeds } from "../../testbed/command";
import { installPackage, withoutPulumi } from "./installed-package";
import { askPlugin } from "../../bench/plugin/ask-plugin";

const program = `
const store = (name) => [
  name, { longhorn: {}, volume: { size: "1Gi" }, failover: { onNodeFailure: OnNodeFailure.Wait } },
];
if (typeof ObjectStore !== "function" || OnNodeFailure.Wait !== "Wait" || store("a").length !== 2) process.exit(1);
console.log(Object.keys(library).length);
`;

const typed = `
import * as pulumi from "@pulumi/pulumi";
import { ObjectStore, OnNodeFailure, type ObjectStoreArgs } from "longhorn-s3";

const args: ObjectStoreArgs = { longhorn: {}, volume: { size: "1Gi" }, failover: { onNodeFailure: OnNodeFailure.Wait } };
export const endpoint: pulumi.Output<string> = new ObjectStore("photos", args).endpoint;
// @ts-expect-error: has no default
new ObjectStore("photos", { longhorn: {}, volume: { size: "1Gi" } });
`;

describe("the package as it is installed", function () {
  this.timeout("10m");
  const directory = shortDirectory();
  const clone = join(directory, "clone");
  let tarball: string;

  before(async () => {
    await installPackage(clone);
    const packed = await succeeds("npm", ["pack", "--ignore-scripts", "--pack-destination", directory], { cwd: clone });
    tarball = join(directory, packed.trim().split("\n").at(-1) ?? "");
  });
  after(() => rmSync(directory, { recursive: true }));

  it("is compiled where it was cloned, with nothing installed but what a component needs", () => {
    assert.ok(existsSync(join(clone, "dist", "index.js")) && existsSync(join(clone, "dist", "plugin", "main.js")));
    for (const absent of ["node_modules/mocha", "node_modules/eslint", "tool/node_modules", "sandbox/node_modules"]) {
      assert.ok(!existsSync(join(clone, absent)), absent);
    }
    const ofPulumi = readdirSync(join(clone, "node_modules", "@pulumi")).sort();
    assert.deepEqual(ofPulumi, ["kubernetes", "pulumi", "random"]);
  });

  it("answers as a plugin with the committed schema, wherever the program lies that asks", async () => {
    const elsewhere = join(directory, "elsewhere");
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, "tsconfig.json"), '{ "compilerOptions": { "module": "esnext", "strict": true } }');
    const { schema } = await askPlugin(clone, elsewhere);
    assert.equal(schema, readFileSync(join(repositoryDirectory, "schema.json"), "utf8"));
  });

  it("packs the components, the plugin and the schema, and nothing of the tool, the sandbox and the tests", async () => {
    const names = (await succeeds("tar", ["-tzf", tarball], { cwd: directory })).trim().split("\n");
    const inPackage = names.map((name) => name.replace(/^package\//, ""));
    const files = ["CHANGELOG.md", "LICENSE", "PulumiPlugin.yaml", "README.md", "index.ts", "package.json"];
    const expected = [...files, "components", "dist", "docs", "plugin", "schema.json", "tsconfig.json"];
    const folders = new Set(inPackage.map((name) => name.split("/")[0]));
    assert.deepEqual([...folders].sort(), expected.sort());
    const compiled = new Set(inPackage.filter((name) => /^dist\//.test(name)).map((name) => name.split(/[/.]/)[1]));
    assert.deepEqual([...compiled].sort(), ["components", "index", "plugin"]);
    assert.deepEqual(
      inPackage.filter((name) => name.startsWith("docs/")),
      ["docs/renames.json"],
    );
  });

  for (const manager of ["npm", "pnpm"] as const) {
    describe(`with ${manager}, in an empty project`, () => {
      const project = join(directory, manager);
      const where = { cwd: project, env: withoutPulumi() };

      before(async () => {
        mkdirSync(project);
        const manifest = { name: "consumer", private: true, dependencies: { "longhorn-s3": `file:${tarball}` } };
        writeFileSync(join(project, "package.json"), JSON.stringify(manifest));
        const install = ["install", "--ignore-scripts"];
        if (manager === "npm") await succeeds("npm", [...install, "--no-audit", "--no-fund"], where);
        else await succeeds("npx", ["--yes", "pnpm@10.34.9", ...install], where);
      });

      it("is loaded by CommonJS and by an ECMAScript module, with the same names", async () => {
        const names = "{ ObjectStore, OnNodeFailure }";
        const required = `const library = require("longhorn-s3");\nconst ${names} = library;${program}`;
        const imported = `import * as library from "longhorn-s3";\nimport ${names} from "longhorn-s3";${program}`;
        writeFileSync(join(project, "program.cjs"), required);
        writeFileSync(join(project, "program.mjs"), imported);
        const [asCommonJs, asModule] = await Promise.all(
          ["program.cjs", "program.mjs"].map((file) => succeeds(process.execPath, [file], where)),
        );
        assert.ok(Number(asCommonJs) > 20, asCommonJs);
        assert.ok(Number(asModule) >= Number(asCommonJs), asModule); // and the default
      });

      if (manager === "pnpm") return; // of the types, there is no more to see

      for (const [module, moduleResolution] of [
        ["nodenext", "nodenext"],
        ["esnext", "bundler"],
      ] as const) {
        it(`has its types with moduleResolution ${moduleResolution}`, async () => {
          const compilerOptions = {
            ...{
              module,
              moduleResolution,
              target: "es2022",
              strict: true,
              noEmit: true,
              skipLibCheck: true,
              types: [],
            },
          };
          const files = ["program.ts", "program.mts"]; // CommonJS to nodenext, and an ECMAScript module
          for (const file of files) writeFileSync(join(project, file), typed);
          writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
          const compiler = join(repositoryDirectory, "node_modules", "typescript", "bin", "tsc");
          await succeeds(process.execPath, [compiler, "-p", project], where);
        });
      }
    });
  }

  it("has nothing that publint and arethetypeswrong find wrong", async () => {
    const where = { cwd: directory, env: withoutPulumi() };
    await succeeds("npx", ["--yes", "publint@0.3.25", "--strict", tarball], where);
    await succeeds("npx", ["--yes", "@arethetypeswrong/cli@0.18.5", "--format", "ascii", tarball], where);
  });
});
