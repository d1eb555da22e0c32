import assert from "node:assert/strict";
import fc from "fast-check";
import {
  computeTimeline,
  secondsAfterFault,
  stageNames,
  type FailoverSubject,
  type Observation,
} from "../../../tool/cluster/failover-watch/stages";

const subject: FailoverSubject = { faultAt: 10_000, node: "node1", podUid: "old", volume: "pv" };

const node = (at: number, ready: boolean, name = "node1"): Observation => ({
  kind: "Node",
  at,
  name,
  ready,
  outOfService: false,
});
const pod = (
  at: number,
  uid: string,
  state: { ready?: boolean; terminating?: boolean; gone?: boolean },
): Observation => ({
  kind: "Pod",
  at,
  uid,
  ready: state.ready ?? false,
  terminating: state.terminating ?? false,
  gone: state.gone ?? false,
});
const attachment = (at: number, on: string, attached: boolean, gone = false, volume = "pv"): Observation => ({
  kind: "VolumeAttachment",
  at,
  name: `csi-${on}`,
  node: on,
  volume,
  attached,
  gone,
});
const routed = (at: number, ...readyPods: string[]): Observation => ({ kind: "EndpointSlice", at, readyPods });

const failover: Observation[] = [
  node(0, true),
  pod(0, "old", { ready: true }),
  attachment(0, "node1", true),
  routed(0, "old"),
  node(18_100, false),
  routed(18_200),
  pod(48_200, "old", { ready: false, terminating: true }),
  attachment(50_400, "node1", true, true),
  pod(50_500, "old", { terminating: true, gone: true }),
  pod(50_600, "new", { ready: false }),
  attachment(51_100, "node2", false),
  attachment(55_100, "node2", true),
  pod(58_000, "new", { ready: true }),
  routed(58_300, "new"),
];

describe("timeline of a failover", () => {
  it("names every stage with the moment it was first seen", () => {
    const { stages, newNode, attachmentDeletions } = computeTimeline(failover, subject, 58_400);
    assert.deepEqual(
      secondsAfterFault(stages, subject.faultAt).map(({ stage, seconds }) => [stage, seconds]),
      [
        ["nodeNotReady", 8.1],
        ["evicted", 38.2],
        ["attachmentDeleted", 40.4],
        ["oldPodGone", 40.5],
        ["attached", 45.1],
        ["ready", 48],
        ["routed", 48.3],
        ["firstAnswer", 48.4],
      ],
    );
    assert.equal(newNode, "node2");
    assert.equal(attachmentDeletions, 1);
  });

  it("keeps the deletion that lasted when Kubernetes attached to the dead node again", () => {
    const again = [attachment(50_450, "node1", true), attachment(50_900, "node1", true, true)];
    const index = failover.findIndex(({ at }) => at === 50_500);
    const { stages, attachmentDeletions } = computeTimeline(failover.toSpliced(index, 0, ...again), subject);
    assert.equal(stages.attachmentDeleted, 50_900);
    assert.equal(attachmentDeletions, 2);
  });

  it("takes no notice of other nodes, volumes and of what was before the fault", () => {
    const others = [
      node(20_000, false, "node2"),
      attachment(20_000, "node3", true, false, "other"),
      node(9_999, false),
    ];
    assert.deepEqual(computeTimeline(others, subject).stages, {});
  });

  it("sees an eviction in a pod that is gone without having been seen terminating", () => {
    const { stages } = computeTimeline([pod(20_000, "old", { gone: true })], subject);
    assert.equal(stages.evicted, 20_000);
    assert.equal(stages.oldPodGone, 20_000);
  });

  it("is not changed by seeing things twice, and every stage is an observed moment after the fault", () => {
    const anyObservation = fc.oneof(
      fc.tuple(fc.nat(60_000), fc.boolean()).map(([at, ready]) => node(at, ready)),
      fc
        .tuple(fc.nat(60_000), fc.constantFrom("old", "new"), fc.boolean(), fc.boolean(), fc.boolean())
        .map(([at, uid, ready, terminating, gone]) => pod(at, uid, { ready, terminating, gone })),
      fc.tuple(fc.nat(60_000), fc.constantFrom("old", "new")).map(([at, uid]) => routed(at, uid)),
    );
    fc.assert(
      fc.property(fc.array(anyObservation), (unsorted) => {
        const seen = unsorted.toSorted((a, b) => a.at - b.at);
        const { stages } = computeTimeline(seen, subject);
        assert.deepEqual(
          computeTimeline(
            seen.flatMap((one) => [one, one]),
            subject,
          ).stages,
          stages,
        );
        for (const stage of stageNames) {
          const at = stages[stage];
          assert.ok(at === undefined || (at >= subject.faultAt && seen.some((one) => one.at === at)));
        }
      }),
    );
  });
});
