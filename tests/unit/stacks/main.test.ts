import { RunError } from "@pulumi/pulumi";
import assert from "node:assert/strict";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { repositoryDirectory } from "../../../tool/repository";

describe("the compiled program of the stacks", () => {
  let project: string;

  const write = (file: string, secondsAgo: number, text = ""): void => {
    const to = join(project, file);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, text);
    const at = Date.now() / 1000 - secondsAgo;
    utimesSync(to, at, at);
  };
  /** As Pulumi does it. */
  const run = (): unknown => {
    const main = join(project, "stacks/main.js");
    delete require.cache[main];
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return require(main);
  };
  /** Pulumi shows a RunError as its message, without a stack. */
  const assertRefused = (problem: string, command = "npm run prepare"): void => {
    const message = `${problem}. Run: (cd ${JSON.stringify(project)} && ${command})`;
    assert.throws(run, (error) => RunError.isInstance(error) && error.message === message);
  };

  beforeEach(() => {
    project = realpathSync(mkdtempSync(join(tmpdir(), "program-")));
    for (const file of ["index.ts", "tsconfig.json", "components/gateway/pod.ts", "stacks/index.ts"]) write(file, 200);
    copyFileSync(join(repositoryDirectory, "stacks/main.js"), join(project, "stacks/main.js"));
    symlinkSync(join(repositoryDirectory, "node_modules"), join(project, "node_modules"));
    write("dist/stacks/index.js", 100, "exports.contractVersion = 1;");
  });
  afterEach(() => rmSync(project, { recursive: true }));

  it("is run where no source is newer, and its outputs are the stack's", () => {
    assert.deepEqual(run(), { contractVersion: 1 });
  });

  for (const source of ["index.ts", "tsconfig.json", "components/gateway/pod.ts", "stacks/index.ts"]) {
    it(`is refused where ${source} is newer, with the file and the command`, () => {
      write(source, 50);
      assertRefused(`${source} has changed since the program was compiled`);
    });
  }

  it("does not mind what is not compiled, such as what an editor leaves", () => {
    for (const file of ["Pulumi.stack.schema.json", ".config.ts.swp", ".#config.ts", "config.ts~"])
      write(`stacks/${file}`, 50);
    symlinkSync("nowhere", join(project, "stacks/.#dangling.ts"));
    assert.deepEqual(run(), { contractVersion: 1 });
  });

  it("is refused where only what a component needs is installed", () => {
    rmSync(join(project, "node_modules"));
    mkdirSync(join(project, "node_modules"));
    symlinkSync(join(repositoryDirectory, "node_modules/@pulumi"), join(project, "node_modules/@pulumi"));
    assertRefused("The dependencies of the program are not installed", "npm install --include=dev");
  });

  it("is refused where it was never compiled, with the command", () => {
    rmSync(join(project, "dist"), { recursive: true });
    assertRefused("The program is not compiled");
  });
});
