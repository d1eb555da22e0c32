import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { openLoop } from "../../../tool/s3/load";

describe("an open loop", () => {
  it("goes on sending whatever becomes of what it has sent, and counts what is under way", async () => {
    let begun = 0;
    const release = new AbortController();
    const loop = openLoop(100, async () => {
      begun++;
      await sleep(60_000, undefined, { signal: release.signal }).catch(() => undefined);
    });
    while (begun < 5) await sleep(5);
    assert.equal(loop.underWay, begun);
    await loop.stop();
    const sent = begun;
    release.abort();
    await loop.settled();
    assert.deepEqual([begun, loop.underWay], [sent, 0]);
  });

  it("keeps what fails to itself until it is asked", async () => {
    let begun = 0;
    const loop = openLoop(100, (number) => {
      begun++;
      return number === 1 ? Promise.reject(new Error("no room on the disk")) : Promise.resolve();
    });
    while (begun < 4) await sleep(5);
    await loop.stop();
    await assert.rejects(loop.settled(), /^Error: no room on the disk$/);
  });
});
