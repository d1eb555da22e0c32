import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, renameSync, symlinkSync } from "node:fs";
import * as path from "node:path";
import type { Binary } from "../../../sandbox/toolchain/binaries";
import { buildBinary } from "../../../sandbox/toolchain/build";
import { newPackages } from "../../../sandbox/toolchain/debian-package";
import { program, temporaryDirectory, write } from "./fixtures";

const nft: Binary = {
  name: "nft",
  version: "1.0.1 or newer",
  source: { kind: "debian", package: "nftables", program: "usr/sbin/nft" },
  onPath: { arguments: ["--version"], version: /nftables v(\S+)/, accepts: { atLeast: "1.0.1" } },
};

describe("what a simulated installation says", () => {
  it("names the packages that would be added, not those that would be upgraded", () => {
    const simulation = [
      "The following additional packages will be installed:\n  libnftables1 libnftnl11",
      "Inst libc6 [2.35-0] (2.36-9 Debian:12/stable [amd64])",
      "Inst libnftnl11 (1.2.4-2 Debian:12/stable [amd64])",
      "Inst nftables (1.0.6-2 Debian:12/stable [amd64])",
      "Conf nftables (1.0.6-2 Debian:12/stable [amd64])",
    ];
    assert.deepEqual(newPackages(simulation.join("\n")), ["libnftnl11", "nftables"]);
    assert.deepEqual(newPackages("nftables is already the newest version."), []);
  });
});

const reason = spawnSync("dpkg-deb", ["--version"]).status === 0 ? undefined : "dpkg-deb is not installed";

describe(`a program of a Debian package${reason === undefined ? "" : ` (left out: ${reason})`}`, () => {
  before(function () {
    if (reason !== undefined) this.skip();
  });

  const directory = temporaryDirectory();
  const at = (...names: string[]): string => path.join(directory(), ...names);
  const file = (): string => at("cache", "nftables-0123456789abcdef", "nft");
  const unpack = (PATH = `${at("apt")}:/usr/bin:/bin`): Promise<void> =>
    buildBinary(nft, file(), { env: { PATH }, modulesDirectory: at(), logsDirectory: at("cache", "logs") });

  /** A package whose program prints its version and where it looks for libraries. */
  function archive(name: string, files: Record<string, string>): void {
    write(
      at(name, "DEBIAN", "control"),
      `Package: ${name}\nVersion: 1\nArchitecture: all\nMaintainer: none\nDescription: none\n`,
    );
    for (const [entry, text] of Object.entries(files)) write(at(name, entry), text, 0o755);
    execFileSync("dpkg-deb", ["--build", at(name), at(`${name}_1_all.deb`)], { stdio: "ignore" });
  }

  /** An `apt-get` that serves the archives once it has done what `before` says. */
  function aptGet(before = ""): void {
    const script = `
echo "$*" >>'${at("calls")}'
${before}
case "$*" in
  *--simulate*) echo "Inst libnftables1 (1 x)"; echo "Inst nftables (1 x)";;
  *download*) cp '${at()}'/*.deb .;;
esac`;
    program(at("apt", "apt-get"), script);
  }

  const packages = (version = "1.0.6"): void => {
    archive("nftables", { "usr/sbin/nft": `#!/bin/sh\necho "nftables v${version}"\necho "$LD_LIBRARY_PATH $2"\n` });
    archive("libnftables1", { "usr/lib/machine/libnftables.so.1": "library", "usr/share/doc/readme": "text" });
  };

  it("is started with its libraries, through links and from wherever the cache lies", async () => {
    packages();
    aptGet();
    await unpack();
    assert.deepEqual(readdirSync(path.dirname(file())).sort(), ["nft", "root"]);
    renameSync(at("cache"), at("moved"));
    const moved = at("moved", "nftables-0123456789abcdef");
    symlinkSync(path.join(moved, "nft"), at("link"));
    const env = { PATH: process.env["PATH"], LD_LIBRARY_PATH: "/more" };
    const answer = execFileSync(at("link"), ["--version", "a b"], { encoding: "utf8", env });
    assert.equal(answer, `nftables v1.0.6\n${path.join(moved, "root/usr/lib/machine")}:/more a b\n`);
  });

  it("comes from fresh package lists where the machine's are missing or old", async () => {
    packages();
    aptGet(`case "$*" in -o*) ;; *) echo "E: Unable to locate package nftables" >&2; exit 100;; esac`);
    await unpack();
    const calls = readFileSync(at("calls"), "utf8").trim().split("\n");
    assert.deepEqual(
      calls.map((call) => call.replace(/-o \S+ /g, "")),
      [
        "install --simulate --no-install-recommends nftables",
        "update",
        "install --simulate --no-install-recommends nftables",
        "download libnftables1 nftables",
      ],
    );
    assert.ok(calls.slice(1).every((call) => call.includes("Dir::State::Lists=")));
  });

  for (const [what, prepare, sentence] of [
    [
      "there is no apt-get",
      () => undefined,
      /ToolchainError: The program nft is not installed, .* no apt-get .*: install nftables/,
    ],
    [
      "the package is not served",
      () => aptGet(`echo "E: Failed to fetch nftables 403 Forbidden" >&2; exit 100`),
      /ToolchainError: The package nftables, which holds nft, could not be fetched with "E: Failed to fetch .* 403 Forbidden"/,
    ],
    [
      "it is too old",
      () => (packages("0.9.8"), aptGet()),
      /ToolchainError: The nft of .* install nft 1\.0\.1 or newer/,
    ],
    ["apt thinks that it is installed", () => aptGet("exit 0"), /ToolchainError: The nft of .* does not start here/],
  ] as const) {
    it(`leaves nothing and says what to do where ${what}`, async () => {
      prepare();
      await assert.rejects(unpack(what === "there is no apt-get" ? at("apt") : undefined), sentence);
      assert.equal(existsSync(path.dirname(file())), false);
      assert.deepEqual(
        readdirSync(at("cache")).filter((name) => name !== "logs"),
        [],
      );
    });
  }

  it("takes the place of one that no longer starts", async () => {
    write(file(), "#!/bin/sh\nexit 127\n", 0o755);
    packages();
    aptGet();
    await unpack();
    assert.match(execFileSync(file(), { encoding: "utf8" }), /^nftables v1\.0\.6/);
  });
});
