import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import * as path from "node:path";
import { programsDirectory } from "../../sandbox/toolchain/binaries";
import { goEnvironment } from "../../sandbox/toolchain/go";
import { runCommand } from "../../sandbox/toolchain/run-command";
import { withoutGo } from "../unit/toolchain/fixtures";

const packagesWithTests = (module: string): string[] => [
  ...new Set(
    readdirSync(path.join(programsDirectory, module), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith("_test.go"))
      .map((file) => `./${path.dirname(file)}`)
      .sort(),
  ),
];

const modules = readdirSync(programsDirectory, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && packagesWithTests(entry.name).length > 0)
  .map(({ name }) => name)
  .sort();

/** `npm run check` vets all packages, and with more than a test would. */
const test = ["test", "-trimpath", "-vet=off"];

const reason = withoutGo();

describe(`the sandbox's own Go programs pass their tests${reason === undefined ? "" : ` (left out: ${reason})`}`, () => {
  before(function () {
    if (reason !== undefined) this.skip();
  });

  for (const module of modules) {
    it(module, async function () {
      this.timeout("15m"); // it is compiled first, for minutes where Go's cache is empty
      console.log(`      go test, module ${module} …`);
      const { code, output } = await runCommand("go", [...test, ...packagesWithTests(module)], {
        env: goEnvironment(process.env),
        cwd: path.join(programsDirectory, module),
      });
      assert.equal(code, 0, output);
    });
  }
});
