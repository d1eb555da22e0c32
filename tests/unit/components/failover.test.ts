import assert from "node:assert/strict";
import fc from "fast-check";
import {
  explainFailover,
  failoverPolicy,
  FailoverSpeed,
  failoverViolations,
  failoverWarnings,
  policyFor,
  predictedRecovery,
  speedNumbers,
  type FailoverArgs,
  type PredictionArgs,
} from "../../../components/failover";
import { fenceAgentSeconds, Remediator, type FencingReference } from "../../../components/fencing";
import { accessModeFor } from "../../../components/failover/policy";
import type { PodDemand } from "../../../components/failover/capacity-warnings";
import { notReadyTolerations } from "../../../components/failover/pod";
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
    onNodeFailure: fc.constantFrom("Wait", "AssumeDead", "Fence"),
    acceptDataLossIfNodeIsAlive: fc.boolean(),
    tolerationSeconds: fc.integer({ min: -10, max: 4000 }),
    fencing: fc.record({
      remediator: fc.constantFrom(...Object.values(Remediator)),
      unhealthySeconds: fc.integer({ min: 0, max: 4000 }),
    }),
  },
  { requiredKeys: ["onNodeFailure"], noNullPrototype: true },
);

describe("the failover policy", () => {
  it("Wait never lets go of the node: no toleration has a limit", () => {
    fc.assert(
      fc.property(anyVersion, (version) => {
        const { tolerationSeconds } = failoverPolicy({ onNodeFailure: "Wait" }, version);
        assert.equal(tolerationSeconds, undefined);
        assert.deepEqual(notReadyTolerations(tolerationSeconds), [
          { key: "node.kubernetes.io/not-ready", operator: "Exists", effect: "NoExecute" },
          { key: "node.kubernetes.io/unreachable", operator: "Exists", effect: "NoExecute" },
        ]);
      }),
    );
  });

  it("AssumeDead lets go after the time that was asked for, 30 s by default, 0 included", () => {
    assert.equal(failoverPolicy(assumeDead(), "1.12.1").tolerationSeconds, 30);
    assert.equal(failoverPolicy(assumeDead({ tolerationSeconds: 0 }), "1.12.1").tolerationSeconds, 0);
    assert.deepEqual(
      notReadyTolerations(0).map(({ tolerationSeconds }) => tolerationSeconds),
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
        ["Wait", "AssumeDead", "Fence"],
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
    assert.match(violation?.fixes[0]?.note ?? "", /change Longhorn's setting node-down-pod-deletion-policy first/);
  });

  it("is refused exactly when it is unsound, and each first fix makes it sound", () => {
    fc.assert(
      fc.property(anyFailover, anyPolicy, (failover, policy) => {
        const { onNodeFailure, acceptDataLossIfNodeIsAlive: accepted = false, tolerationSeconds: seconds } = failover;
        const inRange = seconds === undefined || (seconds >= 0 && seconds <= 3600);
        const acts = policy === "delete-deployment-pod" || policy === "delete-both-statefulset-and-deployment-pod";
        const proof = failover.fencing?.unhealthySeconds;
        const sound = {
          Wait: !accepted && seconds === undefined && proof === undefined,
          AssumeDead: accepted && acts && inRange && proof === undefined,
          Fence: !accepted && seconds === undefined && proof !== undefined && proof >= 10 && proof <= 3600,
        }[onNodeFailure];
        const violations = failoverViolations(failover, on(policy));
        assert.equal(violations.length === 0, sound);

        const fixed: Record<string, unknown> = { ...failover };
        let fixedPolicy: PodDeletionPolicy = policy;
        for (const { fixes } of violations) {
          const [fix] = fixes;
          if (fix?.field === "longhorn.podDeletionPolicy") fixedPolicy = fix.value as PodDeletionPolicy;
          else if (fix?.field === "failover.fencing.unhealthySeconds") {
            fixed["fencing"] = { ...failover.fencing, unhealthySeconds: fix.value };
          } else if (fix) fixed[fix.field.replace("failover.", "")] = fix.value;
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

describe("the values of every layer", () => {
  const anyValid: fc.Arbitrary<FailoverArgs> = fc.oneof(
    fc.record({ onNodeFailure: fc.constant("Wait" as const), speed: fc.constantFrom(...Object.values(FailoverSpeed)) }),
    fc.record({
      onNodeFailure: fc.constant("AssumeDead" as const),
      acceptDataLossIfNodeIsAlive: fc.constant(true),
      speed: fc.constantFrom(...Object.values(FailoverSpeed)),
      tolerationSeconds: fc.option(fc.integer({ min: 0, max: 3600 }), { nil: undefined }),
      terminationGracePeriodSeconds: fc.option(fc.integer({ min: 1, max: 600 }), { nil: undefined }),
    }),
    fc.record({
      onNodeFailure: fc.constant("Fence" as const),
      fencing: fc.record({
        remediator: fc.constantFrom(...Object.values(Remediator)),
        unhealthySeconds: fc.integer({ min: 10, max: 3600 }),
      }),
    }),
  );

  it("follow from the decision, whole and the same every time", () => {
    fc.assert(
      fc.property(anyValid, anyVersion, (failover, version) => {
        assert.deepEqual(
          failoverViolations(failover, { field: "longhorn", podDeletionPolicy: policyFor(failover) }),
          [],
        );
        const policy = failoverPolicy(failover, version);
        assert.deepEqual(policy, failoverPolicy(failover, version));
        const assumes = failover.onNodeFailure === "AssumeDead";
        assert.equal(policy.tolerationSeconds !== undefined, assumes, "only an assumption lets go of the node");
        assert.equal(policy.podDeletionPolicy, assumes ? "delete-deployment-pod" : "do-nothing");
        assert.equal(policy.fencedAfterSeconds !== undefined, failover.onNodeFailure === "Fence");
        assert.equal(policy.tolerations.length > 0, failover.onNodeFailure === "Fence");
        for (const toleration of policy.tolerations) assert.equal(toleration.tolerationSeconds, undefined, "no limit");
        assert.ok(policy.livenessFailureSeconds >= 30 && policy.terminationGracePeriodSeconds >= 1);
        if (assumes)
          assert.equal(
            policy.tolerationSeconds,
            failover.tolerationSeconds ?? speedNumbers[failover.speed ?? "Balanced"].tolerationSeconds,
          );
        for (const sentence of Object.values(explainFailover(policy)) as string[]) assert.ok(sentence.length > 3);
      }),
    );
  });

  it("have numbers behind each speed, the faster the smaller", () => {
    const numbers = [speedNumbers.Careful, speedNumbers.Balanced, speedNumbers.Fast];
    assert.deepEqual(
      numbers.map(({ tolerationSeconds }) => tolerationSeconds),
      [120, 30, 5],
    );
    assert.deepEqual(
      numbers.map(({ terminationGracePeriodSeconds: grace }) => grace),
      [10, 10, 5],
    );
    assert.deepEqual(
      numbers.map(({ livenessFailureSeconds }) => livenessFailureSeconds),
      [120, 60, 30],
    );
  });

  it("take each number from its own input, whatever the speed is", () => {
    fc.assert(
      fc.property(anyValid, fc.integer({ min: 10, max: 3600 }), (failover, livenessFailureSeconds) => {
        const usual = failoverPolicy(failover, "1.12.1");
        const policy = failoverPolicy({ ...failover, livenessFailureSeconds }, "1.12.1");
        assert.deepEqual(policy, { ...usual, livenessFailureSeconds });
      }),
    );
  });

  it("wait for a proof of at least 180 s from SelfNodeRemediation, of seconds from a fence agent", () => {
    const proven = (remediator: Remediator) =>
      failoverPolicy({ onNodeFailure: "Fence", fencing: { remediator, unhealthySeconds: 60 } }, "1.12.1")
        .fencedAfterSeconds;
    assert.deepEqual(proven("SelfNodeRemediation"), [240, 270]);
    assert.deepEqual(proven("FenceAgentsRemediation"), [65, 120]);
    const many = failoverPolicy(
      { onNodeFailure: "Fence", fencing: { remediator: "SelfNodeRemediation", unhealthySeconds: 60 } },
      "1.12.1",
      100,
    );
    assert.deepEqual(many.fencedAfterSeconds, [354, 384]);
  });

  it("have the proof when the fence agent's tries can have it, and say when they end", () => {
    const policy = (fencing: Partial<FencingReference>) =>
      failoverPolicy(
        { onNodeFailure: "Fence", fencing: { remediator: "FenceAgentsRemediation", unhealthySeconds: 60, ...fencing } },
        "1.12.1",
      );
    // 5 tries of 60 s with 5 s between them.
    assert.deepEqual(policy({}).tries, { count: 5, endAfterSeconds: 380 });
    assert.deepEqual(policy({ timeoutSeconds: 20, retryCount: 2 }).fencedAfterSeconds, [65, 80]);
    assert.deepEqual(policy({ timeoutSeconds: 20, retryCount: 2 }).tries, { count: 2, endAfterSeconds: 105 });
    assert.deepEqual(policy({ timeoutSeconds: 3, retryCount: 1 }).fencedAfterSeconds, [63, 63]);
    assert.match(
      explainFailover(policy({ timeoutSeconds: 20, retryCount: 2 })).nodeFailure,
      /powered off, 65 to 80 s after .* is retried, up to 2 attempts in total\. From 105 s after the node becomes NotReady there are no more/,
    );
    assert.match(explainFailover(policy({ retryCount: 1 })).nodeFailure, /is run once\. From 120 s after/);
    const median = (timeoutSeconds: number) =>
      predictedRecovery(policy({ timeoutSeconds }), "do-nothing").nodeFailure.p50Seconds ?? 0;
    assert.ok(median(600) > median(60) + 200);
    assert.ok(median(10) < median(60) - 10);
    assert.equal(policy({ remediator: "SelfNodeRemediation" }).tries, undefined);
  });

  it("never have a first try that ends after the last", () => {
    const anyTries = fc.record({
      timeoutSeconds: fc.integer({ min: 1, max: 600 }),
      retryCount: fc.integer({ min: 1, max: 100 }),
    });
    fc.assert(
      fc.property(anyTries, (tries) => {
        const { firstTry, exhaustedAfter } = fenceAgentSeconds(tries);
        assert.ok(0 < firstTry[0] && firstTry[0] <= firstTry[1] && firstTry[1] <= exhaustedAfter);
        assert.ok(exhaustedAfter <= fenceAgentSeconds({ ...tries, retryCount: tries.retryCount + 1 }).exhaustedAfter);
      }),
    );
  });

  it("name the evidence that a node is powered off", () => {
    const evidence = (failover: FailoverArgs) => explainFailover(failoverPolicy(failover, "1.12.1")).evidence;
    assert.equal(evidence({ onNodeFailure: "Wait" }), "an operator's confirmation, by the out-of-service taint");
    assert.equal(evidence(assumeDead()), "none");
    assert.equal(evidence({ onNodeFailure: "Fence" }), "the remediator's confirmation");
  });
});

describe("what is said of a failover decision that is not wrong", () => {
  it("is nothing as long as nothing is gained or lost", () => {
    for (const failover of [{ onNodeFailure: "Wait" as const }, assumeDead(), assumeDead({ speed: "Careful" })]) {
      assert.deepEqual(failoverWarnings(failover, "1.12.1"), []);
    }
    const fencing = { remediator: "FenceAgentsRemediation" as const, unhealthySeconds: 60 };
    assert.deepEqual(failoverWarnings({ onNodeFailure: "Fence", fencing }, "1.12.1"), []);
  });

  it("is that haste gains nothing where nothing moves by its numbers", () => {
    const gainsNothing = (reason: string) => [
      `failover.speed "Fast" does not shorten the recovery from a node failure: ${reason}. It only affects how long a ` +
        "process may hang; set livenessFailureSeconds instead",
    ];
    assert.deepEqual(
      failoverWarnings({ onNodeFailure: "Wait", speed: "Fast" }, "1.12.1"),
      gainsNothing('with onNodeFailure "Wait" there is no failover'),
    );
    const fencing = { remediator: "FenceAgentsRemediation" as const, unhealthySeconds: 60 };
    assert.deepEqual(
      failoverWarnings({ onNodeFailure: "Fence", fencing, speed: "Fast" }, "1.12.1"),
      gainsNothing("the time is spent on fencing, which unhealthySeconds controls"),
    );
    assert.deepEqual(failoverWarnings({ onNodeFailure: "Wait", livenessFailureSeconds: 20 }, "1.12.1"), []);
  });

  it("is the figure that haste gains and what it risks", () => {
    const [warning = "", ...more] = failoverWarnings(assumeDead({ speed: "Fast" }), "1.12.1");
    const [, seconds, whole] =
      /^with tolerationSeconds 5 the gateway fails over even if .* are discarded\. Compared with 30 s, this saves (\d+) s of about (\d+) s in/.exec(
        warning,
      ) ?? [];
    assert.ok(Number(seconds) > 15 && Number(seconds) < 40, warning);
    assert.ok(Number(whole) > 120 && Number(whole) < 160, warning);
    assert.deepEqual(more, []);
  });

  it("is the figure that a long grace period costs", () => {
    const [warning = ""] = failoverWarnings(assumeDead({ terminationGracePeriodSeconds: 120 }), "1.12.1");
    const [, seconds] = /^terminationGracePeriodSeconds 120 adds (\d+) s to the recovery/.exec(warning) ?? [];
    assert.ok(Number(seconds) > 60, warning);
  });

  it("is that a gateway which has to move may find no room, where it asks for some and has no priority", () => {
    const said = (failover: FailoverArgs, pod: PodDemand) => failoverWarnings(failover, "1.12.1", { pod });
    const fencing = { remediator: "FenceAgentsRemediation" as const, unhealthySeconds: 60 };
    const resources = { requests: { memory: "1Gi", cpu: "1" }, limits: { memory: "4Gi" } };
    for (const failover of [assumeDead(), { onNodeFailure: "Fence" as const, fencing }]) {
      assert.deepEqual(said(failover, { resources }), [
        "the gateway requests memory and cpu and has no pod.priorityClassName: if no remaining node has enough capacity " +
          "after a node failure, the pod is Pending and the store is unavailable until capacity is freed. " +
          "predictedRecovery does not include that time. A pod with a higher priority evicts other pods within their grace " +
          'period, 30 s by default. Longhorn\'s chart creates the PriorityClass "longhorn-critical" since 1.6.0; to keep ' +
          "the default priority, set the default PriorityClass of the cluster explicitly",
      ]);
      // Kubernetes makes requests of limits.
      assert.match(
        said(failover, { resources: { limits: { cpu: "2" } } })[0] ?? "",
        /^the gateway requests cpu and has no/,
      );
      assert.deepEqual(said(failover, { resources, priorityClassName: "longhorn-critical" }), []);
      for (const nothing of [undefined, {}, { requests: {}, limits: {} }]) {
        assert.deepEqual(said(failover, { resources: nothing }), []);
      }
    }
    assert.deepEqual(said({ onNodeFailure: "Wait" }, { resources }), []);
  });

  it("is how long SelfNodeRemediation takes", () => {
    const fencing = { remediator: "SelfNodeRemediation" as const, unhealthySeconds: 60 };
    const [warning = ""] = failoverWarnings({ onNodeFailure: "Fence", fencing }, "1.12.1");
    const [, seconds] =
      /^SelfNodeRemediation needs 180 s to confirm .* the median recovery takes (\d+) s$/.exec(warning) ?? [];
    assert.ok(Number(seconds) > 290 && Number(seconds) < 400, warning);
  });
});

describe("a store with one replica", () => {
  const sentence = "the volume has one replica, and if that is on the failed node, no other node has the data";
  const fencing = { remediator: "FenceAgentsRemediation" as const, unhealthySeconds: 60 };

  it("is warned about where the gateway moves by itself, in the sentence of its prediction", () => {
    for (const failover of [assumeDead(), { onNodeFailure: "Fence" as const, fencing }]) {
      assert.deepEqual(failoverWarnings(failover, "1.12.1", { replicas: 1 }), [
        `onNodeFailure "${failover.onNodeFailure}" needs at least 2 replicas: ${sentence}`,
      ]);
      const policy = { ...failoverPolicy(failover, "1.12.1"), replicas: 1 };
      assert.equal(predictedRecovery(policy, "delete-deployment-pod").nodeFailure.never, sentence);
      assert.equal(predictedRecovery({ ...policy, replicas: 2 }, "delete-deployment-pod").nodeFailure.never, undefined);
      assert.ok(predictedRecovery(policy, "delete-deployment-pod").podFailure.p50Seconds);
    }
  });

  it("waits as any other with Wait", () => {
    assert.deepEqual(failoverWarnings({ onNodeFailure: "Wait" }, "1.12.1", { replicas: 1 }), []);
    const policy = { ...failoverPolicy({ onNodeFailure: "Wait" }, "1.12.1"), replicas: 1 };
    assert.match(predictedRecovery(policy, "do-nothing").nodeFailure.never ?? "", /stays with its node/);
  });
});

describe("the predicted recovery of a store", () => {
  it("has a time for each failure case, or why there is none", () => {
    const predicted = predictedRecovery(failoverPolicy({ onNodeFailure: "Wait" }, "1.12.1"), "do-nothing");
    assert.equal(predicted.kubernetesVersion, "1.36");
    assert.match(predicted.nodeFailure.never ?? "", /stays with its node/);
    assert.equal(predicted.nodeFailure.p50Seconds, undefined);
    assert.ok((predicted.podFailure.p50Seconds ?? 0) < (predicted.switchOver.p50Seconds ?? 0));
  });

  it("follows what is known of the cluster", () => {
    const of = (prediction: PredictionArgs) =>
      predictedRecovery(failoverPolicy(assumeDead(), "1.12.1"), "delete-deployment-pod", prediction).nodeFailure
        .p50Seconds ?? 0;
    assert.ok(of({ nodeMonitorGracePeriodSeconds: 20 }) < of({}) - 20);
    assert.ok(of({ objects: 10_000_000 }) > of({}) + 5);
    assert.ok(of({ nodes: 20 }) < of({ nodes: 2 }));
    assert.ok(of({ attachDetachReconcileSyncPeriodSeconds: 600 }) > of({}) + 60);
    assert.notEqual(of({ kubernetesVersion: "1.31" }), of({}));
  });
});
