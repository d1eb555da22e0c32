import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { refuseStaleComponents } from "../../../stacks/compiled";

describe("the compiled components of the stack's program", () => {
  let project: string;

  const write = (file: string, secondsAgo: number): void => {
    const to = join(project, file);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, "");
    const at = Date.now() / 1000 - secondsAgo;
    utimesSync(to, at, at);
  };

  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), "compiled-"));
    for (const file of ["index.ts", "tsconfig.json", "components/gateway/pod.ts"]) write(file, 200);
    utimesSync(join(project, "components/gateway"), 0, 0);
    write("dist/index.js", 100);
  });
  afterEach(() => rmSync(project, { recursive: true }));

  it("are taken as they are where no source is newer", () => {
    refuseStaleComponents(project);
  });

  it("are refused where a source is newer, with the file and the command", () => {
    write("components/gateway/pod.ts", 50);
    assert.throws(() => refuseStaleComponents(project), {
      message: `components/gateway/pod.ts has been changed since the components were compiled: (cd ${JSON.stringify(project)} && npx tsc) compiles them.`,
    });
  });

  it("are asked for where there are none", () => {
    rmSync(join(project, "dist"), { recursive: true });
    assert.throws(
      () => refuseStaleComponents(project),
      /not compiled yet: npm install does it, or \(cd .* && npx tsc\)\.$/,
    );
  });
});
