import assert from "node:assert/strict";
import fc from "fast-check";
import { failoverPolicy, failoverViolations, policyFor, type FailoverArgs } from "../../../components/failover";
import { accessModeFor } from "../../../components/failover/policy";
import { tolerations } from "../../../components/gateway/pod";
import { PodDeletionPolicy } from "../../../components/longhorn";

const assumeDead = (more: Partial<FailoverArgs> = {}): FailoverArgs => ({
  onNodeFailure: "AssumeDead",
  acceptDataLossIfNodeIsAlive: true,
  ...more,
});

const anyVersion = fc.tuple(fc.nat(3), fc.nat(20), fc.nat(9)).map((numbers) => numbers.join("."));
const anyPolicy = fc.constantFrom(...Object.values(PodDeletionPolicy));
const anyFailover: fc.Arbitrary<FailoverArgs> = fc.record(
  {
    onNodeFailure: fc.constantFrom("Wait", "AssumeDead"),
    acceptDataLossIfNodeIsAlive: fc.boolean(),
    tolerationSeconds: fc.integer({ min: -10, max: 4000 }),
  },
  { requiredKeys: ["onNodeFailure"], noNullPrototype: true },
);

describe("the failover policy", () => {
  it("Wait never lets go of the node: no toleration has a limit", () => {
    fc.assert(
      fc.property(anyVersion, (version) => {
        const { evictAfterSeconds } = failoverPolicy({ onNodeFailure: "Wait" }, version);
        assert.equal(evictAfterSeconds, undefined);
        assert.deepEqual(tolerations(evictAfterSeconds), [
          { key: "node.kubernetes.io/not-ready", operator: "Exists", effect: "NoExecute" },
          { key: "node.kubernetes.io/unreachable", operator: "Exists", effect: "NoExecute" },
        ]);
      }),
    );
  });

  it("AssumeDead lets go after the time that was asked for, 30 s by default, 0 included", () => {
    assert.equal(failoverPolicy(assumeDead(), "1.12.1").evictAfterSeconds, 30);
    assert.equal(failoverPolicy(assumeDead({ tolerationSeconds: 0 }), "1.12.1").evictAfterSeconds, 0);
    assert.deepEqual(
      tolerations(0).map(({ tolerationSeconds }) => tolerationSeconds),
      [0, 0],
    );
  });

  it("AssumeDead is quicker to kill than Wait: Longhorn waits for the end of the grace period", () => {
    const grace = (failover: FailoverArgs) => failoverPolicy(failover, "1.12.1").terminationGracePeriodSeconds;
    assert.equal(grace({ onNodeFailure: "Wait" }), 30);
    assert.equal(grace(assumeDead()), 10);
  });

  it("a volume is for one pod from Longhorn 1.11 on, for one node before", () => {
    assert.equal(accessModeFor("1.10.9"), "ReadWriteOnce");
    for (const version of ["1.11.0", "1.12.1", "2.0.0"]) assert.equal(accessModeFor(version), "ReadWriteOncePod");
  });
});

describe("a failover decision", () => {
  const on = (podDeletionPolicy?: PodDeletionPolicy) => ({ field: "longhorn", podDeletionPolicy });

  it("has to be taken", () => {
    for (const failover of [undefined, {}, { onNodeFailure: "wait" }, { onNodeFailure: null }]) {
      const [violation, ...more] = failoverViolations(failover as unknown as FailoverArgs, on("do-nothing"));
      assert.equal(violation?.field, "failover.onNodeFailure");
      assert.deepEqual(
        violation.fixes.map(({ value }) => value),
        ["Wait", "AssumeDead"],
      );
      assert.deepEqual(more, []);
    }
  });

  it("Wait gets on with every pod deletion policy, whoever set it", () => {
    fc.assert(
      fc.property(fc.option(anyPolicy, { nil: undefined }), (policy) => {
        assert.deepEqual(failoverViolations({ onNodeFailure: "Wait" }, on(policy)), []);
      }),
    );
  });

  it("Wait refuses what it would ignore", () => {
    const fields = (failover: FailoverArgs) => failoverViolations(failover).map(({ field }) => field);
    assert.deepEqual(fields({ onNodeFailure: "Wait", acceptDataLossIfNodeIsAlive: true, tolerationSeconds: 30 }), [
      "failover.acceptDataLossIfNodeIsAlive",
      "failover.tolerationSeconds",
    ]);
    assert.deepEqual(fields({ onNodeFailure: "Wait", acceptDataLossIfNodeIsAlive: false }), []);
  });

  it("AssumeDead needs consent and a Longhorn that acts on Deployments, and says both at once", () => {
    const violations = failoverViolations({ onNodeFailure: "AssumeDead" }, on());
    assert.deepEqual(
      violations.map(({ field, got }) => [field, got]),
      [
        ["failover.acceptDataLossIfNodeIsAlive", undefined],
        ["longhorn.podDeletionPolicy", undefined],
      ],
    );
    for (const { fixes } of violations) assert.equal(fixes.at(-1)?.value, "Wait", "each offers the way without loss");
  });

  it("a policy that is none is left to the check of Longhorn's own args", () => {
    assert.deepEqual(failoverViolations(assumeDead(), on("delete-all" as PodDeletionPolicy)), []);
  });

  it("of an existing Longhorn has the setting changed first", () => {
    const [violation] = failoverViolations(assumeDead(), {
      field: "existingLonghorn",
      podDeletionPolicy: "do-nothing",
    });
    assert.match(violation?.fixes[0]?.note ?? "", /node-down-pod-deletion-policy has to be changed first/);
  });

  it("is refused exactly when it is unsound, and each first fix makes it sound", () => {
    fc.assert(
      fc.property(anyFailover, anyPolicy, (failover, policy) => {
        const { onNodeFailure, acceptDataLossIfNodeIsAlive: accepted = false, tolerationSeconds: seconds } = failover;
        const inRange = seconds === undefined || (seconds >= 0 && seconds <= 3600);
        const acts = policy === "delete-deployment-pod" || policy === "delete-both-statefulset-and-deployment-pod";
        const sound = onNodeFailure === "Wait" ? !accepted && seconds === undefined : accepted && acts && inRange;
        const violations = failoverViolations(failover, on(policy));
        assert.equal(violations.length === 0, sound);

        const fixed: Record<string, unknown> = { ...failover };
        let fixedPolicy: PodDeletionPolicy = policy;
        for (const { fixes } of violations) {
          const [fix] = fixes;
          if (fix?.field === "longhorn.podDeletionPolicy") fixedPolicy = fix.value as PodDeletionPolicy;
          else if (fix) fixed[fix.field.replace("failover.", "")] = fix.value;
        }
        assert.deepEqual(failoverViolations(fixed as unknown as FailoverArgs, on(fixedPolicy)), []);
      }),
    );
  });

  it("can do with the smallest policy that it is offered", () => {
    assert.equal(policyFor(undefined), "do-nothing");
    assert.equal(policyFor({ onNodeFailure: "Wait" }), "do-nothing");
    assert.deepEqual(failoverViolations(assumeDead(), on(policyFor(assumeDead()))), []);
  });
});
