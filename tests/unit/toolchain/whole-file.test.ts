import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { makeWhole } from "../../../sandbox/toolchain/whole-file";
import { ended, inProcess, temporaryDirectory } from "./fixtures";

describe("a file that is there whole or not at all", () => {
  const directory = temporaryDirectory();
  const file = (): string => path.join(directory(), "folder", "etcd");

  it("takes its name when it is complete, in place of an earlier one", async () => {
    for (const text of ["first", "second"]) {
      await makeWhole(file(), async (temporary) => {
        assert.equal(existsSync(file()) && readFileSync(file(), "utf8") === text, false);
        writeFileSync(temporary, text);
      });
      assert.equal(readFileSync(file(), "utf8"), text);
    }
    assert.deepEqual(readdirSync(path.dirname(file())), ["etcd"]);
  });

  it("can be a folder", async () => {
    await makeWhole(file(), async (temporary) => {
      mkdirSync(path.join(temporary, "lib"), { recursive: true });
      writeFileSync(path.join(temporary, "lib", "libnft.so.1"), "library");
      symlinkSync("nowhere", path.join(temporary, "lib", "libnft.so"));
    });
    assert.equal(readFileSync(path.join(file(), "lib", "libnft.so.1"), "utf8"), "library");
  });

  it("leaves nothing where making it fails", async () => {
    const failing = makeWhole(file(), async (temporary) => {
      writeFileSync(temporary, "half");
      throw new Error("no");
    });
    await assert.rejects(failing, /^Error: no$/);
    await assert.rejects(
      makeWhole(file(), async () => undefined),
      /ENOENT/,
    );
    assert.deepEqual(readdirSync(path.dirname(file())), []);
  });

  it("is not there when the process is killed while it is made, and what is left is removed later", async () => {
    const child = inProcess(`toolchain("whole-file").makeWhole(${JSON.stringify(file())}, async (temporary) => {
      require("node:fs").writeFileSync(temporary, "half");
      console.log("half");
      setInterval(() => {}, 1000);
      await new Promise(() => {});
    });`);
    assert.ok(child.stdout);
    await once(child.stdout, "data");
    child.kill("SIGKILL");
    assert.equal(await ended(child), "SIGKILL");
    const [left = "", ...others] = readdirSync(path.dirname(file()));
    assert.deepEqual([left.startsWith(".unfinished-"), others], [true, []]);

    await makeWhole(file(), async (temporary) => writeFileSync(temporary, "whole"));
    assert.deepEqual(readdirSync(path.dirname(file())).sort(), [left, "etcd"]); // it might still be being made
    const threeHoursAgo = Date.now() / 1000 - 3 * 3600;
    utimesSync(path.join(path.dirname(file()), left), threeHoursAgo, threeHoursAgo);
    await makeWhole(file(), async (temporary) => writeFileSync(temporary, "whole"));
    assert.deepEqual(readdirSync(path.dirname(file())), ["etcd"]);
  });
});
