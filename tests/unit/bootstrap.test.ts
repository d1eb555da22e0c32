import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync } from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { temporaryDirectory, write } from "./toolchain/fixtures";

const repository = path.resolve(__dirname, "../..");

/** Notes its calls, takes a moment, and leaves what the real one leaves: its record of the packages, and a compiler. */
const fakeNpm = String.raw`#!${process.execPath}
const { appendFileSync, mkdirSync, readFileSync, writeFileSync } = require("node:fs");
const folder = require("node:path").relative(process.env.REPOSITORY, process.cwd()) || ".";
appendFileSync(process.env.CALLS, folder + ": npm " + process.argv.slice(2, 4).join(" ") + "\n");
BEHAVIOUR
const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
delete packages["node_modules/only-elsewhere"];
const compiler = [
  'const { appendFileSync, mkdirSync, writeFileSync } = require("node:fs");',
  'appendFileSync(process.env.CALLS, "tsc " + process.argv.slice(2).join(" ") + "\\n");',
  'mkdirSync("dist/stacks", { recursive: true });',
  'writeFileSync("dist/stacks/index.js", "");',
];
setTimeout(() => {
  mkdirSync("node_modules/typescript/bin", { recursive: true });
  writeFileSync("node_modules/typescript/bin/tsc", compiler.join("\n"));
  writeFileSync("node_modules/.package-lock.json", JSON.stringify({ packages }));
}, 100);
`;

/** Notes its call and leaves what the real one leaves last. */
const fakeBuild = `
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
appendFileSync(process.env.CALLS, "build\\n");
mkdirSync("tool/dist/tool", { recursive: true });
writeFileSync("tool/dist/tool/longhorn-s3.js", "");
`;

interface StartOptions {
  nodeOptions?: readonly string[];
  /** Kills the process. */
  signal?: AbortSignal;
}

interface Ended {
  code: number | null;
  errors: string;
}

describe("the start from nothing", () => {
  const directory = temporaryDirectory();
  const at = (...names: string[]): string => path.join(directory(), ...names);
  const calls = (): string[] => (existsSync(at("calls")) ? readFileSync(at("calls"), "utf8").trim().split("\n") : []);

  const locks = (): string[] => readdirSync(at("repository")).filter((name) => name.startsWith(".bootstrap.lock"));

  const lock = (version: string): string =>
    JSON.stringify({
      packages: {
        "": { version: "0.1.0" },
        "node_modules/typescript": { version, integrity: `sha512-${version}` },
        "node_modules/only-elsewhere": { version: "1.0.0", integrity: "sha512-a", optional: true },
      },
    });

  /** A `npm` that does `behaviour` first. */
  const npm = (behaviour = ""): string => write(at("bin", "npm"), fakeNpm.replace("BEHAVIOUR", behaviour), 0o755);

  beforeEach(() => {
    mkdirSync(at("repository"));
    mkdirSync(at("repository", "tool"));
    for (const file of ["bootstrap.mjs", "tool/is-built.js"])
      copyFileSync(path.join(repository, file), at("repository", file));
    write(at("repository", "tool", "build.mjs"), fakeBuild);
    for (const folder of ["", "tool", "sandbox", "policy"])
      write(at("repository", folder, "package-lock.json"), lock("5.9.3"));
    const sources = ["index.ts", "tsconfig.json", "components/store.ts", "plugin/main.ts", "stacks/index.ts"];
    sources.push("tool/main.ts", "sandbox/programs/go.mod");
    for (const file of sources) write(at("repository", file), "");
    npm();
  });

  const start = (args: readonly string[] = [], { nodeOptions = [], signal }: StartOptions = {}): Promise<Ended> => {
    const child = spawn(process.execPath, [...nodeOptions, at("repository", "bootstrap.mjs"), ...args], {
      cwd: directory(),
      env: { PATH: at("bin"), CALLS: at("calls"), REPOSITORY: at("repository") },
      stdio: ["ignore", "inherit", "pipe"],
    });
    signal?.addEventListener("abort", () => child.kill("SIGKILL"));
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
    return new Promise((resolve) => child.once("close", (code) => resolve({ code, errors })));
  };

  const everything = [
    ".: npm ci --ignore-scripts",
    "tool: npm ci --ignore-scripts",
    "sandbox: npm ci --ignore-scripts",
    "policy: npm ci --ignore-scripts",
    "tsc --noCheck",
    "build",
  ];

  it("installs and compiles what is missing and says so, and then nothing and says nothing", async () => {
    const { code, errors } = await start();
    assert.equal(code, 0, errors);
    assert.deepEqual(calls(), everything);
    assert.match(
      errors,
      /^npm packages: about \d+ s …\nnpm packages of tool\/: .*\nnpm packages of sandbox\/: .*\nnpm packages of policy\/: .*\ndist\/: .*\ntool\/dist\/: .*\n$/,
    );
    assert.deepEqual(await start(), { code: 0, errors: "" });
    assert.equal(calls().length, everything.length);
  });

  it("--quiet says nothing", async () => {
    assert.deepEqual(await start(["--quiet"]), { code: 0, errors: "" });
    assert.equal(calls().length, everything.length);
  });

  for (const [what, change, made] of [
    [
      "a changed lock file",
      () => write(at("repository/tool/package-lock.json"), lock("5.9.4")),
      [everything[1], "build"],
    ],
    [
      "a removed node_modules",
      () => rmSync(at("repository/sandbox/node_modules"), { recursive: true }),
      [everything[2]],
    ],
    [
      "an installation without its end",
      () => rmSync(at("repository/node_modules/.package-lock.json")),
      [everything[0]],
    ],
    ["a changed source", () => utimesSync(at("repository/components/store.ts"), 2e9, 2e9), ["tsc --noCheck", "build"]],
    ["a changed plugin", () => utimesSync(at("repository/plugin/main.ts"), 2e9, 2e9), ["tsc --noCheck", "build"]],
    ["a changed program", () => utimesSync(at("repository/stacks/index.ts"), 2e9, 2e9), ["tsc --noCheck", "build"]],
    ["a changed command", () => utimesSync(at("repository/tool/main.ts"), 2e9, 2e9), ["build"]],
    [
      "a changed program of the sandbox",
      () => utimesSync(at("repository/sandbox/programs/go.mod"), 2e9, 2e9),
      ["build"],
    ],
    ["a removed dist/", () => rmSync(at("repository/dist"), { recursive: true }), ["tsc --noCheck"]],
    ["a removed tool/dist/", () => rmSync(at("repository/tool/dist"), { recursive: true }), ["build"]],
  ] as const) {
    it(`makes again only what ${what} asks for`, async () => {
      await start();
      change();
      assert.equal((await start()).code, 0);
      assert.deepEqual(calls().slice(everything.length), made);
    });
  }

  it("does everything once where several start at the same time", async () => {
    const ended = await Promise.all([start(), start(), start()]);
    for (const { code, errors } of ended) assert.equal(code, 0, errors);
    assert.deepEqual(calls(), everything);
    assert.deepEqual(locks(), []);
    assert.equal(ended.filter(({ errors }) => errors.startsWith("waiting for another process")).length, 2);
  });

  it("goes on where one that others wait for is killed", async () => {
    const killed = new AbortController();
    const first = start([], { signal: killed.signal });
    while (calls().length === 0) await sleep(10);
    const second = start();
    await sleep(50);
    killed.abort();
    assert.equal((await first).code, null);
    const { code, errors } = await second;
    assert.equal(code, 0, errors);
    assert.deepEqual(calls().slice(-2), ["tsc --noCheck", "build"]);
  });

  for (const [what, holder] of [
    ["a process that has ended", "999999999 1"],
    ["a process whose number another one has by now", `${process.pid} 1`],
    ["no process", ""],
  ] as const) {
    it(`takes over the lock of ${what}, and leaves none`, async () => {
      write(at("repository", ".bootstrap.lock"), holder);
      const { code, errors } = await start();
      assert.equal(code, 0, errors);
      assert.deepEqual(calls(), everything);
      assert.deepEqual(locks(), []);
    });
  }

  it("waits for a holder that lives, and names it", async () => {
    const [, ...fields] = readFileSync("/proc/self/stat", "utf8").split(") ").at(-1)?.split(" ") ?? [];
    write(at("repository", ".bootstrap.lock"), `${process.pid} ${fields[18] ?? ""}`);
    const stopped = new AbortController();
    const waiting = start([], { signal: stopped.signal });
    await sleep(500);
    stopped.abort();
    const { errors } = await waiting;
    assert.equal(errors, `waiting for another process that installs (${process.pid}) …\n`);
    assert.deepEqual(calls(), []);
  });

  for (const [what, output, sentence] of [
    [
      "does not reach its registry",
      "npm error code ECONNREFUSED\nnpm error syscall connect\nnpm error errno -111\nnpm error FetchError: connect failed\n" +
        "npm error If you are behind a proxy, …\nnpm error A complete log of this run can be found in: /logs/1.log",
      /^"npm ci" in \S+\/repository fails with "FetchError: connect failed": .* details are in \/logs\/1\.log\.\n$/,
    ],
    [
      "finds the lock file out of date",
      "npm error code EUSAGE\nnpm error\nnpm error not in sync",
      /fails with "not in sync"/,
    ],
    ["says nothing", "", /fails with "no word"/],
  ] as const) {
    it(`is one sentence and exit code 3 where npm ${what}`, async () => {
      npm(`console.error(${JSON.stringify(output)}); process.exit(1);`);
      const { code, errors } = await start(["--quiet"]);
      assert.match(errors, sentence);
      assert.equal(errors.split("\n").length, 2);
      assert.equal(code, 3);
      assert.equal(existsSync(at("repository", "dist")), false);
    });
  }

  it("is one sentence where there is no npm", async () => {
    rmSync(at("bin", "npm"));
    const { code, errors } = await start(["--quiet"]);
    assert.deepEqual([code, errors], [3, "npm is not on PATH: install it (it comes with Node).\n"]);
  });

  for (const [what, property, value, sentence] of [
    ["Node is too old", "versions", { node: "20.18.1" }, /^Node 20\.18\.1 is too old: install Node 20\.19 or newer/],
    ["the machine is no Linux", "platform", "darwin", /^The sandbox runs on Linux, and this is darwin: use/],
  ] as const) {
    it(`is one sentence where ${what}`, async () => {
      const preload = `Object.defineProperty(process, "${property}", { value: ${JSON.stringify(value)} });`;
      const nodeOptions = ["--require", write(at("preload.cjs"), preload)];
      const { code, errors } = await start([], { nodeOptions });
      assert.match(errors, sentence);
      assert.equal(code, 3);
      assert.deepEqual(calls(), []);
    });
  }
});
