import assert from "node:assert/strict";
import { chmodSync, chownSync, mkdirSync, readdirSync, statSync, utimesSync } from "node:fs";
import { homedir, userInfo } from "node:os";
import * as path from "node:path";
import { cacheDirectory, markUsed, prepareCache, removeUnused } from "../../../sandbox/toolchain/cache";
import { temporaryDirectory, write } from "./fixtures";

const day = 24 * 3600 * 1000;

describe("the cache", () => {
  const directory = temporaryDirectory();

  it("lies where XDG_CACHE_HOME says, which counts only as an absolute path", () => {
    assert.equal(cacheDirectory({ XDG_CACHE_HOME: "/big/disk" }), "/big/disk/longhorn-s3");
    const byDefault = path.join(homedir(), ".cache", "longhorn-s3");
    for (const env of [{}, { XDG_CACHE_HOME: "" }, { XDG_CACHE_HOME: "relative" }]) {
      assert.equal(cacheDirectory(env), byDefault);
    }
  });

  it("is made, or one sentence says why it cannot be", () => {
    prepareCache(path.join(directory(), "a", "longhorn-s3"));
    assert.deepEqual(readdirSync(path.join(directory(), "a")), ["longhorn-s3"]);
    const file = write(path.join(directory(), "file"), "");
    assert.throws(
      () => prepareCache(path.join(file, "longhorn-s3")),
      /ToolchainError: .*cannot be written \(ENOTDIR\)/,
    );
  });

  it("is for its owner only", () => {
    const cache = path.join(directory(), "longhorn-s3");
    prepareCache(cache);
    assert.equal(statSync(cache).mode & 0o777, 0o700);
    chmodSync(cache, 0o755);
    prepareCache(cache);
    assert.equal(statSync(cache).mode & 0o777, 0o700);
  });

  it("is refused if other users could have put programs there", () => {
    const cache = path.join(directory(), "shared", "longhorn-s3");
    prepareCache(cache);
    chmodSync(cache, 0o777);
    assert.throws(() => prepareCache(cache), /ToolchainError: .* is writable by every user, and its programs are run/);
    chmodSync(cache, 0o1777);
    assert.throws(() => prepareCache(cache), /is writable by every user/);
    chmodSync(cache, 0o700);
    chmodSync(path.dirname(cache), 0o777);
    assert.throws(() => prepareCache(cache), /is in \S+\/shared, which is writable by every user/);
    chmodSync(path.dirname(cache), 0o1777);
    prepareCache(cache);
  });

  it("is refused if it belongs to another user", function () {
    if (userInfo().uid !== 0) this.skip();
    const cache = path.join(directory(), "longhorn-s3");
    prepareCache(cache);
    chownSync(cache, 65534, 65534);
    assert.throws(() => prepareCache(cache), /belongs to user 65534, and its programs are run: .* XDG_CACHE_HOME/);
  });

  it("loses what nobody has used for 30 days, and nothing that it does not know", () => {
    const unused = ["etcd-0123456789abcdef", "bin-0123456789abcdef", "nftables-0123456789abcdef"];
    const used = ["etcd-fedcba9876543210", "bin-fedcba9876543210"];
    const others = ["logs", "somebody-elses-folder", "build.lock"];
    const now = Date.now();
    for (const name of [...unused, ...used, ...others]) {
      const entry = path.join(directory(), name);
      mkdirSync(entry);
      utimesSync(entry, (now - 31 * day) / 1000, (now - 31 * day) / 1000);
    }
    for (const name of used) markUsed(path.join(directory(), name));
    removeUnused(directory(), now);
    assert.deepEqual(readdirSync(directory()).sort(), [...used, ...others].sort());
    removeUnused(directory(), now + 29 * day);
    assert.deepEqual(readdirSync(directory()).sort(), [...used, ...others].sort());
  });
});
