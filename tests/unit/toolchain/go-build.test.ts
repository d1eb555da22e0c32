import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import * as path from "node:path";
import { buildBinary } from "../../../sandbox/toolchain/build";
import { checkDiskSpace, isDownloaded } from "../../../sandbox/toolchain/disk-space";
import { findGo } from "../../../sandbox/toolchain/go";
import { fakeGo, goBinary, temporaryDirectory, withoutGo, write } from "./fixtures";

const hash = `h1:${"A".repeat(43)}=`;
const dependency = "example.org/dependency";

const reason = withoutGo();

describe(`building with the installed Go${reason === undefined ? "" : ` (left out: ${reason})`}`, function () {
  before(function () {
    if (reason !== undefined) this.skip();
  });
  this.timeout("60s"); // Go's runtime is compiled where its cache is empty

  const directory = temporaryDirectory();
  const output = (): string => path.join(directory(), "cache", "program");
  const mainOf = (imports: string): string => write(path.join(directory(), "module", "main.go"), imports);

  const build = (env: NodeJS.ProcessEnv = {}): Promise<void> =>
    buildBinary(goBinary("program", "module"), output(), {
      env: { ...process.env, GOMODCACHE: path.join(directory(), "modules"), ...env },
      modulesDirectory: directory(),
      logsDirectory: path.join(directory(), "logs"),
    });

  const moduleWithDependency = (goSum: string): void => {
    mainOf(`package main\n\nimport _ "${dependency}"\n\nfunc main() {}\n`);
    const goMod = `module example.com/module\n\ngo 1.21\n\nrequire ${dependency} v1.0.0\n`;
    write(path.join(directory(), "module", "go.mod"), goMod);
    write(path.join(directory(), "module", "go.sum"), goSum);
  };
  const goSum = `${dependency} v1.0.0 ${hash}\n${dependency} v1.0.0/go.mod ${hash}\n`;

  const withProxy = async (answer: RequestListener, test: (address: string) => Promise<void>): Promise<void> => {
    const server = createServer(answer);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      await test(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    } finally {
      server.close();
    }
  };

  it("makes a program of the pinned module", async () => {
    write(path.join(directory(), "module", "go.mod"), "module example.com/module\n\ngo 1.21\n");
    mainOf(`package main\n\nfunc main() { println("it runs") }\n`);
    await build();
    assert.equal(execFileSync(output(), { stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" }), "");
  });

  it("explains sources that do not compile, and leaves nothing", async () => {
    write(path.join(directory(), "module", "go.mod"), "module example.com/module\n\ngo 1.21\n");
    mainOf("package main\n\nfunc main() { nothing() }\n");
    await assert.rejects(
      build(),
      /ToolchainError: Building program failed with .*undefined: nothing.*logs\/program\.log\.$/,
    );
    assert.deepEqual(readdirSync(path.dirname(output())), []);
  });

  it("explains a missing checksum", async () => {
    moduleWithDependency("");
    await assert.rejects(build(), /ToolchainError: The go\.sum of program has no checksum of/);
    assert.equal(existsSync(output()), false);
  });

  it("explains a switched-off proxy", async () => {
    moduleWithDependency(goSum);
    await assert.rejects(
      build({ GOPROXY: "off" }),
      /ToolchainError: The module proxy could not be reached while program/,
    );
  });

  it("explains a proxy that cannot be reached", async () => {
    moduleWithDependency(goSum);
    await assert.rejects(
      build({ GOPROXY: "http://127.0.0.1:1" }),
      /ToolchainError: The module proxy could not be reached/,
    );
  });

  for (const status of [403, 404, 410]) {
    it(`explains a proxy that answers ${status}`, async () => {
      moduleWithDependency(goSum);
      await withProxy(
        (_, response) => void response.writeHead(status).end("no"),
        async (GOPROXY) => {
          await assert.rejects(
            build({ GOPROXY }),
            new RegExp(`ToolchainError: The module proxy does not serve ${dependency}@v1\\.0\\.0, .*answer ${status}`),
          );
        },
      );
    });
  }

  it("does not use a module other than the pinned one", async () => {
    moduleWithDependency(goSum);
    await withProxy(
      (_, response) => void response.end(`module ${dependency}\n`),
      async (GOPROXY) => {
        await assert.rejects(build({ GOPROXY }), /ToolchainError: The module proxy served .*checksum mismatch/);
      },
    );
  });

  it("finds Go and its caches", async () => {
    write(path.join(directory(), "module", "go.mod"), "module example.com/module\n\ngo 1.21\n");
    const go = await findGo([path.join(directory(), "module")], "", { ...process.env, GOMODCACHE: "/modules" });
    assert.equal(go.moduleCache, "/modules");
    assert.ok(path.isAbsolute(go.buildCache));
    assert.ok(existsSync(path.join(go.root, "bin", "gofmt")));
  });
});

describe("before building", () => {
  const directory = temporaryDirectory();
  const moduleDirectory = (go = "1.26.8"): string =>
    path.dirname(write(path.join(directory(), `module-${go}`, "go.mod"), `module example.com/module\n\ngo ${go}\n`));
  const find = (env: NodeJS.ProcessEnv): Promise<unknown> =>
    findGo([moduleDirectory("1.24"), moduleDirectory()], "this test asks for it", env);

  it("says that Go is missing, and which one is needed", async () => {
    await assert.rejects(
      find({ PATH: directory() }),
      /ToolchainError: Go is not installed, and this test asks for it: install Go 1\.26\.8/,
    );
  });

  it("says that Go is too old for the newest module", async () => {
    const PATH = `${fakeGo(directory(), { version: "go1.25.1" })}:/usr/bin:/bin`;
    await assert.rejects(find({ PATH }), /ToolchainError: Go 1\.25\.1 is too old for .* install Go 1\.26\.8 or newer/);
  });

  it("says how much space is needed and where, and less of it where the modules have been downloaded", async () => {
    const module = path.dirname(
      write(
        path.join(directory(), "module", "go.mod"),
        "module example.com/module\n\nrequire (\n\texample.org/Big v1.0.0\n\tlocal.example/stub v0.0.0\n)\n\n" +
          "replace local.example/stub => ./stub\n",
      ),
    );
    const go = {
      root: "/go",
      moduleCache: path.join(directory(), "modules"),
      buildCache: path.join(directory(), "packages"),
    };
    const check = (): Promise<void> => checkDiskSpace([{ directory: module, coldGigabytes: 1e9 }], go, directory());
    await assert.rejects(
      check(),
      /ToolchainError: Building the toolchain needs about 1000000000\.0 GB in .* GB are free/,
    );

    assert.equal(isDownloaded(module, go.moduleCache), false);
    write(path.join(go.moduleCache, "cache", "download", "example.org", "!big", "@v", "v1.0.0.zip"), "");
    assert.equal(isDownloaded(module, go.moduleCache), true);
    await check();
  });
});
