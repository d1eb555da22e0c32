import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { Binary, ToolchainDefinition } from "../../../sandbox/toolchain/binaries";

/** A folder for each test, gone after it. To be called inside `describe`. */
export function temporaryDirectory(): () => string {
  let directory = "";
  beforeEach(() => {
    directory = realpathSync(mkdtempSync(path.join(tmpdir(), "toolchain-")));
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));
  return () => directory;
}

/** Writes a file with the folders above it and returns its path. */
export function write(file: string, text: string, mode = 0o644): string {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text, { mode });
  return file;
}

/** Writes a program for `sh` and returns its path. */
export const program = (file: string, script: string): string => write(file, `#!/bin/sh\n${script}\n`, 0o755);

/** A program that is built from a module with the same name as its folder. */
export const goBinary = (name: string, module: string, more: Partial<Binary> = {}): Binary => ({
  name,
  version: "v1.2.3",
  source: { kind: "go", module, package: ".", ldflags: "-s -w", coldSeconds: 10 },
  ...more,
});

/** A toolchain of programs from modules of no dependencies, whose sources are written below `directory`. */
export function definitionOf(directory: string, binaries: readonly Binary[]): ToolchainDefinition {
  const modulesDirectory = path.join(directory, "modules");
  const modules: Record<string, number> = {};
  for (const { source } of binaries) {
    if (source.kind === "debian") continue;
    modules[source.module] = 0.001;
    write(path.join(modulesDirectory, source.module, "go.mod"), `module example.com/${source.module}\n\ngo 1.21\n`);
    write(path.join(modulesDirectory, source.module, "main.go"), `package main\n\nfunc main() {}\n`);
  }
  return { binaries, modulesDirectory, modules };
}

/** How a fake `go` behaves. */
interface FakeGo {
  version?: string;
  /** Seconds that a build takes. */
  seconds?: number;
  /** Binary whose build fails, and what `go` writes about it. */
  failing?: { binary: string; output: string };
}

/**
 * A `go` that answers as the real one does and notes each build in `<directory>/builds`. Returns the folder it lies in.
 */
export function fakeGo(directory: string, { version = "go1.99.0", seconds = 0, failing }: FakeGo = {}): string {
  const go = { GOVERSION: version, GOCACHE: path.join(directory, "cache"), GOMODCACHE: path.join(directory, "mod") };
  const script = `#!${process.execPath}
const { appendFileSync, writeFileSync } = require("node:fs");
const [command, ...args] = process.argv.slice(2);
if (command === "env") {
  console.log(${JSON.stringify(JSON.stringify(go))});
} else {
  const output = args[args.indexOf("-o") + 1];
  const name = output.replace(/.*\\.unfinished-\\d+-\\d+-/, "");
  appendFileSync(${JSON.stringify(path.join(directory, "builds"))}, name + "\\n");
  writeFileSync(output, "#!/bin/sh\\n", { mode: 0o755 });
  if (name === ${JSON.stringify(failing?.binary ?? "")}) {
    console.error(${JSON.stringify(failing?.output ?? "")});
    process.exit(1);
  }
  setTimeout(() => appendFileSync(output, 'echo "it runs"\\n'), ${seconds * 1000});
}
`;
  return path.dirname(write(path.join(directory, "go", "go"), script, 0o755));
}

/** Why the tests that need Go cannot run here; undefined where they can. */
export const withoutGo = (): string | undefined =>
  spawnSync("go", ["version"]).status === 0 ? undefined : "Go is not installed";

const toolchainModule = path.resolve(__dirname, "../../../sandbox/toolchain");

/** Runs `script` in a Node process of its own, in which `toolchain(file)` loads a file of the toolchain. */
export function inProcess(script: string, env: NodeJS.ProcessEnv = process.env): ChildProcess {
  const prelude = `const toolchain = (file) => require(${JSON.stringify(toolchainModule)} + "/" + file);`;
  return spawn(process.execPath, ["-r", "ts-node/register/transpile-only", "-e", `${prelude}\n${script}`], {
    cwd: path.resolve(__dirname, "../../.."),
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** How a process ended. */
export const ended = (child: ChildProcess): Promise<number | NodeJS.Signals | null> =>
  new Promise((resolve) => child.once("close", (code, signal) => resolve(code ?? signal)));
