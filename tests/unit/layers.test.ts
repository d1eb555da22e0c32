import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { repositoryDirectory } from "../../tool/repository";

/** A file's path, and the paths of the files that it imports. */
type Files = Readonly<Record<string, readonly string[]>>;

interface Violation {
  from: string;
  to: string;
  rule: { name: string };
}

describe("the layers", function () {
  this.timeout("3m");
  let directory: string;

  beforeEach(() => (directory = mkdtempSync(path.join(tmpdir(), "layers-"))));
  afterEach(() => rmSync(directory, { recursive: true }));

  /** Violations by the project's rules, each as `rule: from → to`. */
  function violationsIn(folder: string): string[] {
    const program = path.join(repositoryDirectory, "node_modules/.bin/depcruise");
    const rules = path.join(repositoryDirectory, ".dependency-cruiser.mjs");
    const args = [program, "--config", rules, "--output-type", "json", "."];
    const { stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    assert.equal(stderr, "");
    const { summary } = JSON.parse(stdout) as { summary: { totalCruised: number; violations: Violation[] } };
    assert.ok(summary.totalCruised > 1);
    return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`).sort();
  }

  function violationsOf(files: Files): string[] {
    write("tsconfig.check.json", "{}");
    for (const [file, imported] of Object.entries(files)) write(file, source(file, imported));
    return violationsIn(directory);
  }

  function write(file: string, text: string): void {
    const place = path.join(directory, file);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, text);
  }

  it("hold in the repository", () => assert.deepEqual(violationsIn(repositoryDirectory), []));

  it("accept imports downwards", () => {
    const files: Files = {
      "components/a.ts": ["node_modules/@pulumi/pulumi/index.js"],
      "node_modules/@pulumi/pulumi/index.js": [],
      "stacks/a.ts": ["components/a.ts"],
      "sandbox/a.ts": [],
      "tool/root.ts": [],
      "tool/cluster/a.ts": ["tool/root.ts", "tool/terminal/a.ts", "components/a.ts"],
      "tool/terminal/a.ts": [],
      "tool/pulumi/a.ts": ["tool/cluster/a.ts", "stacks/a.ts"],
      "tool/features/one/a.ts": ["tool/pulumi/a.ts", "tool/features/two/a.ts", "sandbox/a.ts"],
      "tool/features/two/a.ts": [],
      "tool/drill/a.ts": ["tool/features/one/a.ts", "tool/drill/faults/a.ts"],
      "tool/drill/faults/a.ts": ["tool/drill/types.ts"],
      "tool/drill/types.ts": [],
      "tool/commands/a.ts": ["tool/drill/a.ts"],
      "tool/main.ts": ["tool/commands/a.ts"],
      "testbed/a.ts": ["tool/commands/a.ts", "sandbox/a.ts", "stacks/a.ts"],
      "tests/a.test.ts": ["testbed/a.ts"],
      "bench/a.ts": ["testbed/a.ts"],
    };
    assert.deepEqual(violationsOf(files), []);
  });

  it("refuse what points upwards or in a circle", () => {
    const refused: readonly [rule: string, from: string, to: string][] = [
      ["tool-drill", "tool/drill/a.ts", "tool/commands/a.ts"],
      ["tool-features", "tool/features/status/a.ts", "tool/drill/b.ts"],
      ["tool-features", "tool/features/status/b.ts", "tool/library/a.ts"],
      ["tool-pulumi", "tool/pulumi/a.ts", "tool/features/status/c.ts"],
      ["tool-diagnosis", "tool/diagnosis/a.ts", "tool/pulumi/b.ts"],
      ["tool-cluster", "tool/cluster/store/a.ts", "tool/diagnosis/b.ts"],
      ["tool-cluster", "tool/s3/a.ts", "tool/drill/c.ts"],
      ["tool-cluster", "tool/terminal/a.ts", "tool/main.ts"],
      ["tool-root", "tool/within.ts", "tool/terminal/b.ts"],
      ["tool-unlisted", "tool/drawer/a.ts", "tool/retried.ts"],
      ["tool", "tool/cluster/a.ts", "tests/a.ts"],
      ["tool", "tool/commands/b.ts", "testbed/b.ts"],
      ["components", "components/a.ts", "node_modules/yaml/index.js"],
      ["components", "components/gateway/a.ts", "stacks/a.ts"],
      ["plugin", "plugin/a.ts", "stacks/b.ts"],
      ["stacks", "stacks/c.ts", "tool/pause.ts"],
      ["sandbox", "sandbox/a.ts", "tool/errors.ts"],
      ["sandbox", "sandbox/b.ts", "components/b.ts"],
      ["policy", "policy/a.ts", "components/c.ts"],
      ["testbed", "testbed/a.ts", "tests/b.ts"],
    ];
    const inCircles: Files = {
      "tool/charts/a.ts": ["tool/charts/b.ts"],
      "tool/charts/b.ts": ["tool/charts/a.ts"],
      "tool/features/move/a.ts": ["tool/features/fence/a.ts"],
      "tool/features/fence/a.ts": [],
      "tool/features/fence/b.ts": ["tool/features/move/b.ts"],
      "tool/features/move/b.ts": [],
    };
    write("components/reads.ts", 'import "node:fs";\n');
    write("stacks/lost.ts", 'import "./gone";\n');
    const imported = Object.fromEntries(refused.map(([, , to]) => [to, []]));
    const importing = Object.fromEntries(refused.map(([, from, to]) => [from, [to]]));
    const expected = [
      ...refused.map(([rule, from, to]) => `${rule}: ${from} → ${to}`),
      "no-cycle: tool/charts/a.ts → tool/charts/b.ts",
      "no-folder-cycle: tool/features/fence → tool/features/move",
      "no-folder-cycle: tool/features/move → tool/features/fence",
      "components: components/reads.ts → fs",
      "not-found: stacks/lost.ts → ./gone",
    ];
    assert.deepEqual(violationsOf({ ...imported, ...importing, ...inCircles }), expected.sort());
  });
});

/** A type, and types of other files in it: what is left of such imports after compilation is nothing. */
function source(file: string, imported: readonly string[]): string {
  const lines = imported.map((to, index) => {
    const packageName = /^node_modules\/(.*)\/[^/]+$/.exec(to)?.[1];
    const relative = path.posix.relative(path.posix.dirname(file), to).replace(/\.ts$/, "");
    const specifier = packageName ?? (relative.startsWith(".") ? relative : `./${relative}`);
    return `import type { T as T${index} } from "${specifier}";\nexport type I${index} = T${index};\n`;
  });
  return `${lines.join("")}export type T = string;\n`;
}
