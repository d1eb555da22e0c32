import assert from "node:assert/strict";
import { DrillCase } from "../../../../tool/drill/cases";
import { predictedFor, type PredictedCluster, type PredictedFault } from "../../../../tool/drill/predicted";
import type { StoreInCluster } from "../../../../tool/cluster/store/store-in-cluster";

const store: Pick<StoreInCluster, "accessMode" | "failover"> = {
  accessMode: "ReadWriteOncePod",
  failover: { onNodeFailure: "AssumeDead", tolerationSeconds: 30, terminationGracePeriodSeconds: 10 },
};
const cluster: PredictedCluster = {
  ...{ kubernetesVersion: "v1.36.3", longhornNodes: 3, podDeletionPolicy: "delete-deployment-pod" },
  sandboxProfile: "production",
};

const powerOff: PredictedFault = { method: "sandbox-power-off" };

function p50(
  drillCase: DrillCase,
  aStore: typeof store,
  aCluster: PredictedCluster,
  fault: PredictedFault = powerOff,
): number {
  const prediction = predictedFor(drillCase, aStore, aCluster, fault);
  assert.ok(prediction !== undefined && !("never" in prediction));
  return prediction.p50;
}

describe("what the model says of a drill", () => {
  it("follows the store and the cluster as they are", () => {
    const dead = p50(DrillCase.NodeFailure, store, cluster);
    assert.ok(dead > 100 && dead < 200);
    assert.ok(p50(DrillCase.NodeFailure, store, { ...cluster, sandboxProfile: "fast" }) < dead);
    const slower = { ...store, failover: { ...store.failover, tolerationSeconds: 300 } };
    assert.ok(p50(DrillCase.NodeFailure, slower, cluster) > dead + 200);
  });

  it("takes a node that is cut off for a dead one, and a fenced one as vouched for at once", () => {
    assert.equal(p50(DrillCase.Partition, store, cluster), p50(DrillCase.NodeFailure, store, cluster));
    assert.ok(p50(DrillCase.Fence, store, cluster) < p50(DrillCase.NodeFailure, store, cluster));
  });

  it("knows when a remediator has its proof, of a store that it moves", () => {
    const fences = { ...store, failover: { onNodeFailure: "Fence" as const, terminationGracePeriodSeconds: 10 } };
    const never = predictedFor(DrillCase.NodeFailure, fences, cluster, powerOff);
    assert.ok(never !== undefined && "never" in never);
    const after = (unhealthySeconds: number): number =>
      p50(DrillCase.NodeFailure, fences, {
        ...cluster,
        fencing: { remediator: "SelfNodeRemediation", unhealthySeconds },
      });
    assert.ok(after(300) - after(60) > 200);
    assert.ok(p50(DrillCase.Fence, fences, cluster) < after(60));
    // The remediator is there for other stores: this one is not handed over by it any sooner.
    const fencing = { remediator: "SelfNodeRemediation" as const, unhealthySeconds: 1 };
    assert.equal(
      p50(DrillCase.NodeFailure, store, { ...cluster, fencing }),
      p50(DrillCase.NodeFailure, store, cluster),
    );
  });

  it("grows with the kills of a crash loop as the kubelet's back-off does", () => {
    const after = (earlierKills: number): number =>
      p50(DrillCase.CrashLoop, store, cluster, { method: "process-killed", earlierKills });
    assert.ok(after(1) - after(0) > 9 && after(2) - after(1) > 9);
    assert.equal(after(0), p50(DrillCase.PodFailure, store, cluster));
  });

  it("knows that a move waits until the volume is detached, and lets the new pod wait for nothing then", () => {
    const drained = p50(DrillCase.SwitchOver, store, cluster, { method: "cordon-and-delete" });
    assert.ok(p50(DrillCase.SwitchOver, store, cluster, { method: "move" }) < drained - 5);
  });

  it("takes an eviction through the API for a drain, and one by the kubelet for one that begins up to 10 s later", () => {
    const evicted = (method: string): number => p50(DrillCase.Eviction, store, cluster, { method });
    const drained = p50(DrillCase.SwitchOver, store, cluster, { method: "cordon-and-delete" });
    assert.equal(evicted("api"), drained);
    assert.ok(evicted("pressure") > drained && evicted("pressure") < drained + 10);
    assert.equal(evicted("disk-pressure"), evicted("pressure"));
    const prediction = predictedFor(DrillCase.Eviction, store, cluster, { method: "pressure" });
    assert.ok(prediction !== undefined && "stages" in prediction);
    const { stages } = prediction;
    const at = (name: string): number => stages.find(({ stage }) => stage === name)?.p99 ?? assert.fail(name);
    assert.ok(at("evicted") <= 10 && at("oldPodGone") - at("evicted") <= 1);
  });

  it("is nothing for a pod that is deleted: the scheduler decides whether its volume moves", () => {
    assert.equal(predictedFor(DrillCase.PodFailure, store, cluster, { method: "pod-deleted" }), undefined);
  });

  it("is never where nothing moves the store, and nothing for a node that comes back", () => {
    const idle = predictedFor(DrillCase.NodeFailure, store, { ...cluster, podDeletionPolicy: "do-nothing" }, powerOff);
    assert.ok(idle !== undefined && "never" in idle);
    assert.equal(predictedFor(DrillCase.NodeReturn, store, cluster, powerOff), undefined);
  });
});
