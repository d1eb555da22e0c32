import assert from "node:assert/strict";
import fc from "fast-check";
import {
  failoverPolicy,
  FailoverSpeed,
  OnNodeFailure,
  policyFor,
  type FailoverArgs,
} from "../../../components/failover";
import { policyOfPod, type PodFailover } from "../../../components/failover/pod";
import { Remediator } from "../../../components/fencing";
import { resolveS3GatewayArgs, type S3GatewayArgs } from "../../../components/gateway/args";
import { podSpec } from "../../../components/gateway/pod";
import { resolveObjectStoreArgs } from "../../../components/object-store-args";
import type { Toleration } from "../../../components/taints";
import type { TolerationArgs } from "../../../components/tolerations";

const unreachable = "node.kubernetes.io/unreachable";
const notReady = "node.kubernetes.io/not-ready";
const outOfService = "node.kubernetes.io/out-of-service";
const agents = ["medik8s.io/fence-agents-remediation", "medik8s.io/remediation"];

/** Every decision that the components accept. */
const anyFailover: fc.Arbitrary<FailoverArgs> = fc
  .record({
    onNodeFailure: fc.constantFrom(...Object.values(OnNodeFailure)),
    speed: fc.constantFrom(undefined, ...Object.values(FailoverSpeed)),
    tolerationSeconds: fc.option(fc.integer({ min: 0, max: 3600 }), { nil: undefined }),
    terminationGracePeriodSeconds: fc.option(fc.integer({ min: 1, max: 600 }), { nil: undefined }),
    remediator: fc.constantFrom(...Object.values(Remediator)),
  })
  .map(({ remediator, tolerationSeconds, ...common }) => {
    switch (common.onNodeFailure) {
      case OnNodeFailure.Wait:
        return common;
      case OnNodeFailure.AssumeDead:
        return { ...common, tolerationSeconds, acceptDataLossIfNodeIsAlive: true };
      case OnNodeFailure.Fence:
        return { ...common, fencing: { remediator, unhealthySeconds: 60 } };
    }
  });

const ofUser: fc.Arbitrary<TolerationArgs[]> = fc.subarray([
  { key: "dedicated", value: "storage" },
  { key: "dedicated", operator: "Exists", effect: "NoExecute", tolerationSeconds: 7 },
  { operator: "Exists", effect: "NoSchedule" },
]);

/** Spec of the pod that a gateway with these args has. */
const podOf = (args: S3GatewayArgs) =>
  podSpec(resolveS3GatewayArgs("photos", args), "keys") as {
    tolerations: Toleration[];
    terminationGracePeriodSeconds: number;
  };

/** Pod as the API server admits it: with the tolerations that DefaultTolerationSeconds adds. */
function admitted(tolerations: readonly Toleration[]): Toleration[] {
  const missing = [notReady, unreachable].filter(
    (taint) =>
      !tolerations.some(
        ({ key = "", effect = "" }) => (key === taint || key === "") && (effect === "NoExecute" || effect === ""),
      ),
  );
  const added = missing.map((key) => ({ key, operator: "Exists", effect: "NoExecute", tolerationSeconds: 300 }));
  return [...tolerations, ...added];
}

const decisionOf = (...tolerations: Toleration[]): Omit<PodFailover, "terminationGracePeriodSeconds"> => {
  const { terminationGracePeriodSeconds, ...decision } = policyOfPod({ tolerations });
  assert.equal(terminationGracePeriodSeconds, 30);
  return decision;
};
const evictedAfter = (tolerationSeconds: number) => ({ onNodeFailure: "AssumeDead", tolerationSeconds });
const forever = (key: string): Toleration => ({ key, operator: "Exists", effect: "NoExecute" });

describe("the failover decision of a pod", () => {
  it("is the one that the pod was made for, whatever else it tolerates", () => {
    fc.assert(
      fc.property(anyFailover, ofUser, (failover, tolerations) => {
        const policy = failoverPolicy(failover, "1.12.1");
        const { onNodeFailure, tolerationSeconds, terminationGracePeriodSeconds } = policy;
        const pod = podOf({
          namespace: "s3",
          volume: { size: "1Gi", storageClassName: "longhorn" },
          tolerationSeconds,
          terminationGracePeriodSeconds,
          pod: { tolerations: [...tolerations, ...policy.tolerations] },
        });
        assert.deepEqual(policyOfPod(pod), {
          onNodeFailure,
          terminationGracePeriodSeconds,
          ...(onNodeFailure === "AssumeDead" && { tolerationSeconds }),
        });
      }),
      { numRuns: 500 },
    );
  });

  it("is the one that a store was given", () => {
    for (const failover of [
      { onNodeFailure: OnNodeFailure.Wait },
      { onNodeFailure: OnNodeFailure.AssumeDead, acceptDataLossIfNodeIsAlive: true, tolerationSeconds: 17 },
      {
        onNodeFailure: OnNodeFailure.Fence,
        fencing: { remediator: Remediator.SelfNodeRemediation, unhealthySeconds: 60 },
      },
    ]) {
      const longhorn = { podDeletionPolicy: policyFor(failover) };
      const { gateway } = resolveObjectStoreArgs("photos", { longhorn, volume: { size: "1Gi" }, failover });
      const { onNodeFailure, tolerationSeconds } = policyOfPod(podOf(gateway));
      assert.deepEqual([onNodeFailure, tolerationSeconds], [failover.onNodeFailure, failover.tolerationSeconds]);
    }
  });

  it("is the same in the template and in the pod that the API server has completed", () => {
    const anyToleration = fc.record(
      {
        key: fc.constantFrom("", unreachable, notReady, outOfService, "dedicated", ...agents),
        operator: fc.constantFrom("Exists", "Equal"),
        value: fc.constantFrom("", "nodeshutdown", "other"),
        effect: fc.constantFrom("", "NoExecute", "NoSchedule"),
        tolerationSeconds: fc.integer({ min: -5, max: 400 }),
      },
      { requiredKeys: [], noNullPrototype: true },
    );
    fc.assert(
      fc.property(fc.array(anyToleration, { maxLength: 5 }), (tolerations) => {
        assert.deepEqual(policyOfPod({ tolerations: admitted(tolerations) }), policyOfPod({ tolerations }));
      }),
      { numRuns: 1000 },
    );
  });

  it("is AssumeDead after 300 s without a toleration of unreachable, which the API server then adds", () => {
    assert.deepEqual(policyOfPod({}), { ...evictedAfter(300), terminationGracePeriodSeconds: 30 });
    for (const other of [
      forever(notReady),
      { ...forever(unreachable), effect: "NoSchedule" },
      { key: "dedicated", operator: "Exists" },
      { operator: "Exists", effect: "NoSchedule" },
    ]) {
      assert.deepEqual(decisionOf(other), evictedAfter(300), JSON.stringify(other));
    }
  });

  it("is AssumeDead although the remediators' taints are tolerated, if the pod is evicted before they act", () => {
    assert.deepEqual(decisionOf(...agents.map(forever)), evictedAfter(300));
    assert.deepEqual(decisionOf({ ...forever(unreachable), tolerationSeconds: 3600 }, ...agents.map(forever)), {
      ...evictedAfter(3600),
    });
  });

  it("depends on unreachable, the taint of a node that is lost without notice, and not on not-ready", () => {
    const limited = (key: string, tolerationSeconds: number) => ({ ...forever(key), tolerationSeconds });
    assert.deepEqual(decisionOf(limited(notReady, 10), limited(unreachable, 60)), evictedAfter(60));
    assert.deepEqual(decisionOf(limited(unreachable, 60), limited(notReady, 10)), evictedAfter(60));
    assert.deepEqual(decisionOf(limited(notReady, 10), forever(unreachable)), { onNodeFailure: "Wait" });
    assert.deepEqual(decisionOf(forever(notReady), limited(unreachable, 0)), evictedAfter(0));
  });

  it("is read from tolerations in every form that Kubernetes takes", () => {
    for (const toleration of [
      { key: unreachable, operator: "Exists" },
      { key: unreachable, operator: "Exists", effect: "" },
      { key: unreachable },
      { key: unreachable, operator: "Equal", value: "", effect: "NoExecute" },
      { operator: "Exists", effect: "NoExecute" },
      { key: "", operator: "Exists" },
    ]) {
      assert.deepEqual(decisionOf(toleration), { onNodeFailure: "Wait" }, JSON.stringify(toleration));
      assert.deepEqual(decisionOf({ ...toleration, tolerationSeconds: 12 }), evictedAfter(12));
      assert.deepEqual(decisionOf({ ...toleration, tolerationSeconds: -1 }), evictedAfter(0));
    }
    // The first that matches counts.
    assert.deepEqual(decisionOf({ operator: "Exists", tolerationSeconds: 5 }, forever(unreachable)), evictedAfter(5));
    assert.deepEqual(decisionOf(forever(unreachable), { operator: "Exists", tolerationSeconds: 5 }), {
      onNodeFailure: "Wait",
    });
  });

  it("is AssumeDead at once if a value keeps the toleration from matching, and the API server from adding one", () => {
    assert.deepEqual(decisionOf({ key: unreachable, operator: "Equal", value: "other" }), evictedAfter(0));
  });

  it("is Fence only with the remediators' taints tolerated without limit, and out-of-service not", () => {
    const waiting = forever(unreachable);
    const fenced = [waiting, ...agents.map(forever)];
    assert.deepEqual(decisionOf(...fenced), { onNodeFailure: "Fence" });
    assert.deepEqual(decisionOf(...fenced.slice(0, 2)), { onNodeFailure: "Wait" });
    assert.deepEqual(decisionOf(waiting, ...agents.map((key) => ({ ...forever(key), tolerationSeconds: 60 }))), {
      onNodeFailure: "Wait",
    });
    assert.deepEqual(decisionOf(...fenced, forever(outOfService)), { onNodeFailure: "Wait" });
    assert.deepEqual(decisionOf({ operator: "Exists" }), { onNodeFailure: "Wait" });
  });
});
