import assert from "node:assert/strict";
import { buildTimeLine, progressLine, toolchainTable } from "../../../sandbox/toolchain/toolchain-text";

describe("the toolchain in words", () => {
  it("is a table", () => {
    const text = toolchainTable({
      binDirectory: "/cache/bin",
      binaries: [
        { name: "etcd", version: "v3.6.16", origin: "built", bytes: 27_400_000, path: "/cache/etcd" },
        { name: "nft", version: "1.0.6", origin: "PATH", bytes: 26_000, path: "/usr/sbin/nft" },
      ],
    });
    assert.equal(
      text,
      `
PROGRAM  VERSION  ORIGIN  SIZE    PATH
etcd     v3.6.16  built   27 MB   /cache/etcd
nft      1.0.6    PATH    0.0 MB  /usr/sbin/nft

27 MB in total, linked in /cache/bin`.slice(1),
    );
  });

  it("has a line for each step that takes time", () => {
    const step = { binary: "etcd", done: 1, total: 18 } as const;
    assert.equal(progressLine({ ...step, state: "looking for" }), undefined);
    assert.equal(progressLine({ ...step, state: "waiting for" }), "waiting for another process that builds etcd");
    assert.equal(
      progressLine({ ...step, state: "building", expectedSeconds: 35, remainingSeconds: 1001 }),
      "2/18 building etcd: about 35 s with empty Go caches, 17 min remaining",
    );
    assert.equal(progressLine({ ...step, state: "made", seconds: 28 }), "1/18 made etcd in 28 s");
  });

  it("ends with the time of all builds and the machine's load, and without a line where nothing was built", () => {
    const binary = { version: "v1", bytes: 1, path: "/cache/etcd" };
    const binaries = [
      { ...binary, name: "etcd", origin: "built", seconds: 28 },
      { ...binary, name: "kube-proxy", origin: "built", seconds: 7 },
      { ...binary, name: "nft", origin: "PATH" },
    ] as const;
    const load = { before: 0.1, after: 2.345 };
    assert.equal(
      buildTimeLine({ binDirectory: "/cache/bin", binaries: [...binaries] }, load),
      "2 of 3 programs built in 35 s, load average 0.10 at the start and 2.35 at the end",
    );
    assert.equal(buildTimeLine({ binDirectory: "/cache/bin", binaries: [binaries[2]] }, load), undefined);
  });
});
