import assert from "node:assert/strict";
import { attachmentOverlaps, podOverlaps, processOverlaps } from "../../../../tool/drill/overlaps";
import type { SandboxAlarm } from "../../../../sandbox";
import type { Observation } from "../../../../tool/cluster/failover-watch/stages";

const pod = (at: number, uid: string, ready: boolean, gone = false): Observation => ({
  ...{ kind: "Pod", at, uid, ready, gone },
  node: `node of ${uid}`,
  terminating: false,
});
const attachment = (at: number, node: string, attached: boolean, gone = false, volume = "pv"): Observation => ({
  ...{ kind: "VolumeAttachment", at, node, attached, gone, volume },
  name: `csi-${node}`,
});
const alarm = (time: number, ...pods: string[]): SandboxAlarm => ({
  time: new Date(time).toISOString(),
  alarm: "two-processes-on-one-volume",
  volume: "pv",
  processes: pods.map((name, index) => ({
    ...{ pid: 100 + index, node: `node${index}`, namespace: "photos", pod: name, podUid: name },
    ...{ container: "s3gw", generation: String(index) },
  })),
});

describe("two that could write at the same time", () => {
  it("are no two pods of which one is ready only when the other is not", () => {
    assert.deepEqual(podOverlaps([pod(0, "a", true), pod(1000, "a", false), pod(2000, "b", true)], 500), []);
    assert.deepEqual(podOverlaps([pod(0, "a", true), pod(1000, "a", true, true), pod(1000, "b", true)], 500), []);
  });

  it("are two pods that are ready, from the second's beginning to the first's end", () => {
    const seen = [pod(0, "a", true), pod(3000, "b", true), pod(3500, "b", true), pod(5000, "a", true, true)];
    assert.deepEqual(podOverlaps(seen, 1000), [
      { of: "pods", fromSeconds: 2, toSeconds: 4, who: ["pod a on node of a", "pod b on node of b"] },
    ]);
  });

  it("may not be over yet", () => {
    assert.deepEqual(podOverlaps([pod(0, "a", true), pod(3000, "b", true)], 1000), [
      { of: "pods", fromSeconds: 2, who: ["pod a on node of a", "pod b on node of b"] },
    ]);
  });

  it("are two attachments of the same volume to different nodes", () => {
    const seen = [
      attachment(0, "node1", true),
      attachment(1500, "node3", true, false, "other"),
      attachment(2000, "node2", true),
      attachment(2500, "node1", true, true),
    ];
    assert.deepEqual(attachmentOverlaps(seen, "pv", 1000), [
      { of: "attachments", fromSeconds: 1, toSeconds: 1.5, who: ["attachment to node1", "attachment to node2"] },
    ]);
    assert.deepEqual(attachmentOverlaps([attachment(0, "node1", true), attachment(9, "node2", false)], "pv", 0), []);
  });

  it("are processes that the sandbox has seen on one volume, once for each group", () => {
    const alarms = [alarm(2000, "a", "b"), { ...alarm(2500, "x", "y"), volume: "other" }, alarm(6000, "b", "a")];
    assert.deepEqual(processOverlaps(alarms.slice(0, 2), "pv", 1000), [
      {
        of: "processes",
        fromSeconds: 1,
        toSeconds: 1,
        who: ["process 100 of a on node0", "process 101 of b on node1"],
      },
    ]);
    assert.equal(processOverlaps(alarms, "pv", 1000).length, 2);
    assert.deepEqual(
      processOverlaps(
        [alarms[0], alarm(9000, "a", "b")].flatMap((one) => one ?? []),
        "pv",
        1000,
      ),
      [
        {
          of: "processes",
          fromSeconds: 1,
          toSeconds: 8,
          who: ["process 100 of a on node0", "process 101 of b on node1"],
        },
      ],
    );
  });
});
