import assert from "node:assert/strict";
import { liveText } from "../../../../tool/drill/live-text";
import type { Attempt } from "../../../../tool/s3/attempt";
import type { Observation } from "../../../../tool/timeline/stages";

const subject = { faultAt: 10_000, node: "node1", podUid: "old", volume: "pv" };
const put = (endedAt: number, ok: boolean): Attempt => ({ kind: "PUT", key: "k", sentAt: endedAt - 5, endedAt, ok });
const volume = (at: number, state: string, node: string): Observation => ({
  ...{ kind: "LonghornVolume", at, state, node, robustness: "degraded" },
  name: "pv",
});

describe("what is shown while a failure lasts", () => {
  it("is how long it lasts as long as nothing else was seen", () => {
    const text = liveText({ attempts: [put(9_000, false)], observations: [], subject, now: 13_400 });
    assert.equal(text, "3 s; no request failed");
  });

  it("is what the client gets, the last two stages, and where the volume is", () => {
    const observations: Observation[] = [
      { kind: "Node", at: 58_000, name: "node1", ready: false, outOfService: false },
      { kind: "Pod", at: 88_000, uid: "old", node: "node1", ready: false, terminating: true, gone: false },
      { kind: "Pod", at: 99_000, uid: "old", node: "node1", ready: false, terminating: true, gone: true },
      volume(60_000, "attached", "node1"),
      volume(99_500, "detaching", ""),
    ];
    const attempts = [put(11_000, false), put(12_000, false)];
    assert.equal(
      liveText({ attempts, observations, subject, now: 110_000 }),
      "100 s; 2 requests failed; pod evicted (marked for deletion) at 78 s; old pod gone at 89 s; volume detaching",
    );
    assert.match(
      liveText({ attempts: [...attempts, put(111_000, true)], observations, subject, now: 111_000 }),
      /^101 s; 2 requests failed, it answers again; /,
    );
  });
});
