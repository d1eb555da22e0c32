import assert from "node:assert/strict";
import { existsSync, readFileSync, utimesSync } from "node:fs";
import * as path from "node:path";
import { withBuildLock } from "../../../sandbox/toolchain/build-lock";
import { ended, inProcess, temporaryDirectory, write } from "./fixtures";

describe("the lock of builds", () => {
  const directory = temporaryDirectory();
  const lock = (): string => path.join(directory(), "cache", "build.lock");

  it("is held by one process at a time", async () => {
    const journal = path.join(directory(), "journal");
    const worker = `
      const { appendFileSync } = require("node:fs");
      const note = (word) => appendFileSync(${JSON.stringify(journal)}, process.pid + " " + word + "\\n");
      const { withBuildLock } = toolchain("build-lock");
      (async () => {
        for (let turn = 0; turn < 3; turn++) {
          await withBuildLock(${JSON.stringify(lock())}, {}, async () => {
            note("begins");
            await new Promise((resolve) => setTimeout(resolve, 50));
            note("ends");
          });
        }
      })();`;
    assert.deepEqual(await Promise.all([inProcess(worker), inProcess(worker)].map(ended)), [0, 0]);
    const lines = readFileSync(journal, "utf8").trim().split("\n");
    assert.equal(lines.length, 12);
    for (let line = 0; line < lines.length; line += 2) {
      assert.match(lines.slice(line, line + 2).join(", "), /^(\d+) begins, \1 ends$/);
    }
    assert.equal(new Set(lines.map((line) => line.split(" ")[0])).size, 2);
  });

  it("is given back where the work fails", async () => {
    await assert.rejects(
      withBuildLock(lock(), {}, () => Promise.reject(new Error("no"))),
      /no/,
    );
    assert.equal(existsSync(lock()), false);
  });

  it("says once that another one holds it, and the wait can be interrupted", async () => {
    write(lock(), "1\n");
    let waits = 0;
    const signal = AbortSignal.timeout(600);
    const waiting = withBuildLock(lock(), { signal, onWait: () => waits++ }, async () => "never");
    await assert.rejects(waiting, { name: "AbortError" });
    assert.equal(waits, 1);
    assert.equal(existsSync(lock()), true);
  });

  it("is taken from a process that has shown no sign of life", async () => {
    const longAgo = Date.now() / 1000 - 20;
    utimesSync(write(lock(), "1\n"), longAgo, longAgo);
    assert.equal(await withBuildLock(lock(), {}, async () => "taken"), "taken");
  });
});
