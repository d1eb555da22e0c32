import assert from "node:assert/strict";
import fc from "fast-check";
import {
  percentiles,
  predictRecovery,
  recoveryStages,
  stageExplanations,
  type Prediction,
  type RecoveryInputs,
  type RecoveryStage,
  type FailureCase,
} from "../../../components/recovery-model";
import { backOff, firstTry, nextTick } from "../../../components/recovery-model/back-off";
import { clusterTimings } from "../../../components/recovery-model/cluster";
import { restartBackOff } from "../../../components/recovery-model/pod-failure";
import { Random } from "../../../components/recovery-model/random";
import { processStart } from "../../../components/recovery-model/start";

const assumeDead: RecoveryInputs = {
  tolerationSeconds: 30,
  terminationGracePeriodSeconds: 10,
  accessMode: "ReadWriteOncePod",
  longhornActs: true,
};
const vouched: RecoveryInputs = {
  terminationGracePeriodSeconds: 30,
  accessMode: "ReadWriteOncePod",
  longhornActs: false,
  fencedAfterSeconds: [0, 0],
};

function times(prediction: Prediction): Exclude<Prediction, { never: string }> {
  if ("never" in prediction) assert.fail(prediction.never);
  return prediction;
}

const median = (inputs: RecoveryInputs, failureCase: FailureCase = "node-failure"): number =>
  times(predictRecovery(failureCase, inputs)).p50;

const stage = (inputs: RecoveryInputs, name: RecoveryStage): number =>
  times(predictRecovery("node-failure", inputs)).stages.find((one) => one.stage === name)?.p50 ?? assert.fail(name);

const anyInputs: fc.Arbitrary<RecoveryInputs> = fc.record({
  tolerationSeconds: fc.integer({ min: 0, max: 600 }),
  terminationGracePeriodSeconds: fc.integer({ min: 1, max: 120 }),
  accessMode: fc.constantFrom("ReadWriteOnce" as const, "ReadWriteOncePod" as const),
  longhornActs: fc.constant(true),
  objects: fc.integer({ min: 0, max: 5_000_000 }),
});
const few = { numRuns: 15 };

describe("the recovery-time model", () => {
  it("says the same every time", () => {
    const again = (): Prediction => predictRecovery("node-failure", { ...assumeDead, cluster: { detach: [2, 27.5] } });
    assert.deepEqual(again(), again());
    const draws = (seed: number): number[] => {
      const random = new Random(seed);
      return [random.next(), random.next(), random.between([5, 15])];
    };
    assert.deepEqual(draws(7), draws(7));
    assert.notDeepEqual(draws(7), draws(8));
  });

  it("draws evenly", () => {
    const random = new Random(3);
    const counts = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 10_000; draw++) {
      const value = random.next();
      assert.ok(value >= 0 && value < 1);
      counts[Math.floor(value * 10)] = (counts[Math.floor(value * 10)] ?? 0) + 1;
    }
    for (const count of counts) assert.ok(count > 850 && count < 1150, String(count));
  });

  it("has ordered percentiles and stages that are reached in an order that can be", () => {
    fc.assert(
      fc.property(anyInputs, (inputs) => {
        const { p50, p95, p99, stages } = times(predictRecovery("node-failure", inputs));
        assert.ok(p50 <= p95 && p95 <= p99);
        assert.deepEqual(
          stages.map((one) => one.stage),
          recoveryStages,
        );
        const at = (name: RecoveryStage): number => stages.find((one) => one.stage === name)?.p50 ?? assert.fail(name);
        const order: RecoveryStage[] = [
          "nodeNotReady",
          "evicted",
          "attachmentDeleted",
          "attachmentCreated",
          "attached",
          "ready",
          "firstAnswer",
        ];
        for (const [index, name] of order.entries()) {
          if (index > 0) assert.ok(at(order[index - 1] ?? name) <= at(name), name);
        }
        assert.equal(p50, at("firstAnswer"));
      }),
      few,
    );
  });

  it("is never shorter with a longer toleration, grace period, detachment, or more objects", () => {
    fc.assert(
      fc.property(anyInputs, fc.integer({ min: 60, max: 300 }), (inputs, more) => {
        const { tolerationSeconds = 0, terminationGracePeriodSeconds, objects = 0 } = inputs;
        assert.ok(median({ ...inputs, tolerationSeconds: tolerationSeconds + more }) > median(inputs));
        // Timers of half a minute and a minute take up small differences.
        assert.ok(
          median({ ...inputs, terminationGracePeriodSeconds: terminationGracePeriodSeconds + more }) >=
            median(inputs) - 5,
        );
        assert.ok(median({ ...inputs, objects: objects + more * 1e6 }) > median(inputs));
        assert.ok(median({ ...inputs, cluster: { detach: [200, 210] } }) > median(inputs));
      }),
      few,
    );
  });

  it("moves with the toleration, second for second", () => {
    const difference =
      median({ ...assumeDead, tolerationSeconds: 300 }) - median({ ...assumeDead, tolerationSeconds: 30 });
    assert.ok(Math.abs(difference - 270) < 8, String(difference));
  });

  it("finds a node not ready 10 s sooner before Kubernetes 1.32", () => {
    const older = { ...assumeDead, cluster: { kubernetesVersion: "1.31" } };
    assert.ok(Math.abs(stage(assumeDead, "nodeNotReady") - stage(older, "nodeNotReady") - 10) < 0.5);
    assert.equal(clusterTimings({ kubernetesVersion: "1.31" }).nodeMonitorGracePeriod, 40);
    assert.equal(clusterTimings({ kubernetesVersion: "v1.32.4" }).nodeMonitorGracePeriod, 50);
    assert.equal(clusterTimings({ kubernetesVersion: "1.31", nodeMonitorGracePeriod: 20 }).nodeMonitorGracePeriod, 20);
  });

  it("asks for the volume with a back-off before Kubernetes 1.36", () => {
    const of = (kubernetesVersion: string): number => {
      const inputs = { ...assumeDead, accessMode: "ReadWriteOnce" as const, cluster: { kubernetesVersion } };
      return stage(inputs, "ready") - stage(inputs, "attached");
    };
    assert.ok(of("1.35") > of("1.36") + 5);
  });

  it("is refused a Kubernetes version that is none", () => {
    assert.throws(() => clusterTimings({ kubernetesVersion: "latest" }), {
      name: "RangeError",
      message: 'kubernetesVersion: got "latest", expected a version such as "1.36"',
    });
  });

  it("never ends where nobody acts, and says why", () => {
    const { tolerationSeconds, ...waits } = assumeDead;
    assert.equal(tolerationSeconds, 30);
    assert.deepEqual(predictRecovery("node-failure", waits), {
      never:
        "the gateway stays with its node until that returns, or until somebody vouches that it is off by the out-of-service taint",
    });
    assert.deepEqual(predictRecovery("node-failure", { ...assumeDead, longhornActs: false }), {
      never:
        "the pod is marked as terminating, but nobody removes it and its attachment: Longhorn's pod deletion policy does nothing with the " +
        "pods of Deployments",
    });
    for (const failureCase of ["pod-failure", "switch-over"] as const) {
      assert.ok(median(waits, failureCase) > 0, "the other cases do not ask who vouches");
    }
  });

  it("is shorter when somebody vouches, and shorter still when he deletes the pod himself", () => {
    assert.ok(median(vouched) < median(assumeDead));
    assert.ok(stage({ ...vouched, podDeletedAtOnce: true }, "oldPodGone") < stage(vouched, "oldPodGone") - 8);
    const atOnce = { ...vouched, podDeletedAtOnce: true };
    assert.ok(median({ ...atOnce, podAfterDetach: true }) < median(atOnce) - 5, "and when nobody tries in vain");
    const late = median({ ...vouched, fencedAfterSeconds: [180, 180] }) - median(vouched);
    assert.ok(Math.abs(late - 180) < 8, String(late));
  });

  it("has the race: with a volume for one pod, an attachment to the dead node can come back", () => {
    const one = times(predictRecovery("node-failure", assumeDead));
    const node = times(predictRecovery("node-failure", { ...assumeDead, accessMode: "ReadWriteOnce" }));
    assert.ok(one.p95 > node.p95 + 30, "and then it takes the back-off of all tries");
  });

  it("ends sooner with more Longhorn managers to look", () => {
    assert.ok(
      stage({ ...assumeDead, cluster: { longhornManagers: 20 } }, "oldPodGone") <
        stage({ ...assumeDead, cluster: { longhornManagers: 1 } }, "oldPodGone") - 5,
    );
  });

  it("has a pod failure of seconds, and the waits of a crash loop", () => {
    assert.ok(median(assumeDead, "pod-failure") < 5);
    assert.deepEqual([0, 1, 2, 3, 4, 5, 6, 7].map(restartBackOff), [0, 10, 20, 40, 80, 160, 300, 300]);
    const looping = median({ ...assumeDead, restarts: 6 }, "pod-failure") - median(assumeDead, "pod-failure");
    assert.ok(Math.abs(looping - 300) < 1, String(looping));
  });

  it("starts radosgw as it was measured", () => {
    for (const [objects, seconds] of [
      [0, 0.07],
      [400_000, 0.24],
      [800_000, 0.68],
    ] as const) {
      assert.ok(Math.abs(processStart(objects) - seconds) < 0.2, String(objects));
    }
  });

  it("explains every stage with where its time is from", () => {
    for (const name of recoveryStages) {
      assert.ok(stageExplanations[name].meaning.length > 5 && stageExplanations[name].source.length > 10, name);
    }
  });
});

describe("timers", () => {
  it("double their waits up to their longest", () => {
    assert.deepEqual([1, 2, 3, 8, 9, 20].map(backOff), [0.5, 1, 2, 64, 122, 122]);
    assert.deepEqual(
      [0, 0.5, 1, 2, 8].map((at) => firstTry(0, at)),
      [0, 1, 1, 3, 15],
    );
    assert.equal(firstTry(5, 5), 5);
    assert.equal(firstTry(0, 400, 1, 100), 427);
  });

  it("tick at their phase", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 500, noNaN: true }),
        fc.double({ min: 0, max: 60, noNaN: true }),
        (at, phase) => {
          const tick = nextTick(at, phase, 60);
          assert.ok(tick >= at - 1e-9 && tick - at < 60 + 1e-9);
          const round = (tick - phase) / 60;
          assert.ok(Math.abs(round - Math.round(round)) < 1e-9);
        },
      ),
    );
  });

  it("have percentiles of one value, and of many", () => {
    assert.deepEqual(percentiles([5]), { p50: 5, p95: 5, p99: 5 });
    const hundred = Array.from({ length: 100 }, (_, index) => index);
    assert.deepEqual(percentiles(hundred), { p50: 50, p95: 95, p99: 99 });
  });
});
