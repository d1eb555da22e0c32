import assert from "node:assert/strict";
import { keptRun, simulatedSeconds, type DrilledRun } from "../../../bench/drills/drilled-run";
import { failingReport } from "../tool/drill-reports";

describe("a drilled run as it is kept", () => {
  it("has the number of lost objects and some of their names, and how the volume changed", () => {
    const { runs, ...report } = failingReport();
    const [run = assert.fail()] = runs;
    const lost = ["a", "b", "c", "d", "e"];
    const events = [
      { seconds: 1, object: "Pod photos-1", reason: "Killing", message: "Stopping container s3gw" },
      { seconds: 2, object: "Volume pv", reason: "State", message: "detaching, unknown, on node1" },
    ];
    const kept = keptRun({ ...run, events, ledger: { ...run.ledger, lost } }, report, {
      bed: 1,
      beds: 2,
      load: 0.5,
      store: "wait",
    });
    assert.deepEqual([kept.lost, kept.ledger.lost], [5, ["a", "b", "c"]]);
    assert.deepEqual(kept.volume, [[2, "detaching, unknown, on node1"]]);
    assert.ok(!("requests" in kept) && !("events" in kept));
    assert.equal(kept.method, report.method.name);
  });

  it("knows how long the simulated volume took between two moments", () => {
    const volume: DrilledRun["volume"] = [
      [8, "attached, unknown, on node2"],
      [9, "detaching, unknown, on node2"],
      [11, "detached, unknown"],
      [12, "attaching, unknown"],
      [15, "attached, degraded, on node3"],
    ];
    assert.equal(simulatedSeconds(volume, 0, 20), 5);
    assert.equal(simulatedSeconds(volume, 10, 13), 2);
    assert.equal(simulatedSeconds(volume, 15, 20), 0);
    assert.equal(simulatedSeconds(volume.slice(0, 4), 0, 20), 10);
    assert.equal(simulatedSeconds([], 0, 20), 0);
  });
});
