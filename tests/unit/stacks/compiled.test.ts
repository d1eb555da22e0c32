import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { refuseStaleProgram } from "../../../stacks/compiled";

describe("the compiled program of the stacks", () => {
  let project: string;

  const write = (file: string, secondsAgo: number): void => {
    const to = join(project, file);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, "");
    const at = Date.now() / 1000 - secondsAgo;
    utimesSync(to, at, at);
  };
  const run = (): void => refuseStaleProgram(join(project, "dist/stacks/compiled.js"), project);

  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), "compiled-"));
    for (const file of ["index.ts", "tsconfig.json", "components/gateway/pod.ts", "stacks/index.ts"]) write(file, 200);
    utimesSync(join(project, "components/gateway"), 0, 0);
    write("dist/stacks/compiled.js", 100);
  });
  afterEach(() => rmSync(project, { recursive: true }));

  it("runs where no source is newer", () => {
    run();
  });

  for (const source of ["index.ts", "tsconfig.json", "components/gateway/pod.ts", "stacks/index.ts"]) {
    it(`is refused where ${source} is newer, with the file and the command`, () => {
      write(source, 50);
      assert.throws(run, {
        message: `${source} has been changed since the program was compiled: (cd ${JSON.stringify(project)} && npx tsc) compiles it.`,
      });
    });
  }

  it("does not mind what is not compiled", () => {
    write("stacks/Pulumi.stack.schema.json", 50);
    run();
  });

  it("is refused where a source is gone", () => {
    utimesSync(join(project, "components/gateway"), Date.now() / 1000, Date.now() / 1000);
    assert.throws(run, /components\/gateway has been changed/);
  });

  it("runs as it is where there are no sources", () => {
    rmSync(join(project, "index.ts"));
    write("components/gateway/pod.ts", 50);
    run();
  });
});
