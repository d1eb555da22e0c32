import assert from "node:assert/strict";
import { liveLines, liveText } from "../../../../tool/drill/live-text";
import type { Attempt } from "../../../../tool/s3/attempt";
import type { Observation } from "../../../../tool/cluster/failover-watch/stages";

const longhornVolume = "photos-data";
const subject = { faultAt: 10_000, node: "node1", podUid: "old", volume: "pv" };
const put = (endedAt: number, ok: boolean): Attempt => ({ kind: "PUT", key: "k", sentAt: endedAt - 5, endedAt, ok });
const volume = (at: number, state: string, node: string): Observation => ({
  ...{ kind: "LonghornVolume", at, state, node, robustness: "degraded" },
  name: longhornVolume,
});

describe("what is shown while a failure lasts", () => {
  it("is how long it lasts as long as nothing else was seen", () => {
    const text = liveText({ attempts: [put(9_000, false)], observations: [], subject, longhornVolume, now: 13_400 });
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
      liveText({ attempts, observations, subject, longhornVolume, now: 110_000 }),
      "100 s; 2 requests failed; pod evicted (marked for deletion) at 78 s; old pod deleted at 89 s; volume detaching",
    );
    assert.match(
      liveText({ attempts: [...attempts, put(111_000, true)], observations, subject, longhornVolume, now: 111_000 }),
      /^101 s; 2 requests failed, requests succeed again; /,
    );
  });

  it("is below that where node, pods, attachments and volume are now, and what the client got", () => {
    const attachment = (at: number, node: string, attached: boolean, gone: boolean): Observation => ({
      ...{ kind: "VolumeAttachment", at, name: `csi-${node}`, node, volume: "pv", attached, gone },
    });
    const pod = (at: number, uid: string, node: string | undefined, other: object = {}): Observation => ({
      ...{ kind: "Pod", at, uid, node, ready: false, terminating: false, gone: false },
      ...other,
    });
    const other: Observation = {
      ...{ kind: "VolumeAttachment", at: 1_000, name: "csi-other", node: "node3", volume: "of-another-store" },
      ...{ attached: true, gone: false },
    };
    const before: Observation[] = [
      { kind: "Node", at: 1_000, name: "node1", ready: true, outOfService: false },
      { kind: "Node", at: 1_000, name: "node3", ready: false, outOfService: false },
      pod(1_000, "old", "node1", { ready: true }),
      attachment(1_000, "node1", true, false),
      other,
      volume(1_000, "attached", "node1"),
    ];
    const attempts = [put(9_000, false), put(11_000, true), put(12_000, false), put(13_000, false)];
    assert.deepEqual(liveLines({ attempts: [], observations: before, subject, longhornVolume }), [
      "  node        node1: ready",
      "  pod         on node1: ready",
      "  attachment  to node1: attached",
      "  volume      attached on node1",
      "  client      no request since the fault",
    ]);
    const after: Observation[] = [
      ...before,
      { kind: "Node", at: 58_000, name: "node1", ready: false, outOfService: true },
      pod(88_000, "old", "node1", { terminating: true }),
      pod(89_000, "new", undefined),
      pod(90_000, "newer", "node2"),
      attachment(91_000, "node1", true, true),
      attachment(92_000, "node2", false, false),
      volume(92_000, "attaching", "node2"),
    ];
    assert.deepEqual(liveLines({ attempts, observations: after, subject, longhornVolume }), [
      "  node        node1: not ready, out of service",
      "  pod         on node1: not ready, terminating",
      "  pod         on no node yet: not ready",
      "  pod         on node2: not ready",
      "  attachment  to node2: not attached yet",
      "  volume      attaching on node2",
      "  client      2 of 3 requests since the fault failed, the last success at 1 s",
    ]);
    const gone = [...after, ...["old", "new", "newer"].map((uid) => pod(99_000, uid, "node1", { gone: true }))];
    assert.deepEqual(
      liveLines({
        ...{ attempts: attempts.slice(2), subject, longhornVolume },
        observations: [...gone, attachment(99_000, "node2", false, true)],
      }).slice(1),
      [
        "  pod         none",
        "  attachment  none",
        "  volume      attaching on node2",
        "  client      2 of 2 requests since the fault failed, none succeeded",
      ],
    );
  });
});
