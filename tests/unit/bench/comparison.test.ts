import assert from "node:assert/strict";
import { compare, medianInterval, stageMedian } from "../../../bench/recoveries/comparison";
import { type MeasuredRun, changesOf } from "../../../bench/recoveries/measured-run";
import { median } from "../../../tool/drill/statistics";
import type { Observation } from "../../../tool/cluster/failover-watch/stages";

const run = (firstAnswer: number | undefined): MeasuredRun => ({
  ...{ case: "assume-dead-rwop", bed: 0, beds: 1, killedAt: "", load: 0, attachmentDeletions: 1 },
  ...{ acknowledged: 10, lost: 0, corrupt: 0, changes: [] },
  stages: firstAnswer === undefined ? {} : { firstAnswer },
});

describe("measured against predicted recoveries", () => {
  it("have a median", () => {
    assert.equal(median([3, 1, 2]), 2);
    assert.equal(median([4, 1, 2, 3]), 2.5);
    assert.ok(Number.isNaN(median([])));
  });

  it("have an interval for it that holds the median, is the same every time, and shrinks with more of them", () => {
    const values = Array.from({ length: 20 }, (_, index) => 100 + index);
    const many = Array.from({ length: 400 }, (_, index) => 100 + index / 20);
    const [low, high] = medianInterval(values);
    assert.ok(low < median(values) && median(values) < high);
    assert.deepEqual(medianInterval(values), [low, high]);
    const [lowOfMany, highOfMany] = medianInterval(many);
    assert.ok(highOfMany - lowOfMany < (high - low) / 2);
  });

  it("agree where the prediction is within it, and only there", () => {
    const near = compare(
      "assume-dead-rwop",
      Array.from({ length: 30 }, (_, index) => run(110 + 2 * index)),
    );
    assert.ok(near.agrees, JSON.stringify(near));
    const far = compare(
      "assume-dead-rwop",
      Array.from({ length: 30 }, (_, index) => run(400 + index)),
    );
    assert.ok(!far.agrees);
    assert.deepEqual([near.runs, far.measured.minimum, far.measured.maximum], [30, 400, 429]);
  });

  it("count only the runs that reached a stage", () => {
    assert.equal(stageMedian([run(5), run(undefined), run(7), run(9)], "firstAnswer"), 7);
    assert.equal(stageMedian([run(undefined)], "firstAnswer"), undefined);
  });

  it("keep what changed, and not what repeats or is about another volume", () => {
    const node = (at: number, ready: boolean): Observation => ({
      kind: "Node",
      at,
      name: "node1",
      ready,
      outOfService: false,
    });
    const attachment = (at: number, volume: string): Observation => ({
      ...{ kind: "VolumeAttachment", at, name: "csi-0123456789abcdef", node: "node2", volume },
      ...{ attached: false, gone: false },
    });
    const seen = [
      node(500, true),
      node(2000, true),
      node(3000, false),
      node(4000, false),
      attachment(5000, "pvc-1"),
      attachment(5000, "pvc-2"),
    ];
    assert.deepEqual(changesOf(seen, 1000, "pvc-1"), [
      [2, "Node node1", "not ready"],
      [4, "VolumeAttachment csi-01234567", "not attached to node2"],
    ]);
  });
});
