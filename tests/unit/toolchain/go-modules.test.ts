import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import * as path from "node:path";

const toolchain = path.resolve(__dirname, "../../../sandbox/toolchain");

const modules = [
  ...new Set(
    readdirSync(toolchain, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith("_test.go"))
      .map((file) => file.split(path.sep)[0] ?? ""),
  ),
].sort();

const packagesWithTests = (module: string): string[] => [
  ...new Set(
    readdirSync(path.join(toolchain, module), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith("_test.go"))
      .map((file) => `./${path.dirname(file)}`),
  ),
];

describe("the sandbox's own Go programs pass their tests", () => {
  for (const module of modules) {
    it(module, function () {
      this.timeout("15m");
      execFileSync("go", ["test", "-trimpath", ...packagesWithTests(module)], {
        cwd: path.join(toolchain, module),
        env: { ...process.env, CGO_ENABLED: "0", GOTOOLCHAIN: "local" },
        stdio: ["ignore", "pipe", "pipe"],
        encoding: "utf8",
      });
    });
  }
});
