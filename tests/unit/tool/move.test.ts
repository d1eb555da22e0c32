import assert from "node:assert/strict";
import type { V1Node, V1Pod, V1Taint } from "@kubernetes/client-node";
import fc from "fast-check";
import { ExitCode, ToolError } from "../../../tool/errors";
import { cordonAnnotation, cordonMarkOf, cordonMarkText } from "../../../tool/cluster/cordon";
import { decideMove, type MovePlan, type StoreBeforeMove } from "../../../tool/features/move/decide";
import { localTime, parseStartTime, remainingText, timeZone } from "../../../tool/features/move/start-time";
import { movePlanText, moveReportText, undoneText } from "../../../tool/features/move/text";

interface NodeLike {
  ready?: boolean;
  cordoned?: boolean;
  markedFor?: string;
  taints?: V1Taint[];
}

const at = "2026-11-25T02:00:00.000Z";

const node = (name: string, { ready = true, cordoned, markedFor, taints }: NodeLike = {}): V1Node => ({
  metadata: {
    name,
    ...(markedFor !== undefined && { annotations: { [cordonAnnotation]: cordonMarkText({ at, store: markedFor }) } }),
  },
  spec: { ...((cordoned ?? markedFor !== undefined) && { unschedulable: true }), taints },
  status: { conditions: [{ type: "Ready", status: ready ? "True" : "Unknown" }] },
});

const pod = (spec: object = {}): V1Pod => ({
  metadata: { namespace: "shop", name: "photos-x", uid: "u1" },
  spec: { containers: [], nodeName: "a", ...spec },
});

const usual: StoreBeforeMove = {
  ...{ store: "shop/photos", volume: "pvc-1", pod: pod() },
  nodes: [node("a"), node("b"), node("c")],
  nodesWithDriver: ["a", "b", "c"],
  longhornNamespace: "longhorn-system",
  reachedBy: ["--kubeconfig", "/etc/my kube", "--context", "prod"],
  longhorn: { state: "attached", robustness: "healthy" },
};

const plan = (more: Partial<StoreBeforeMove> = {}, to?: string): MovePlan => {
  const decision = decideMove({ ...usual, ...more }, to);
  return "plan" in decision ? decision.plan : assert.fail(decision.refusals.join("\n"));
};

const refusals = (more: Partial<StoreBeforeMove> = {}, to?: string): string[] => {
  const decision = decideMove({ ...usual, ...more }, to);
  return "plan" in decision ? assert.fail("it is not refused") : decision.refusals;
};

describe("how a store moves", () => {
  it("is to any other node that takes it; only its own is cordoned", () => {
    assert.deepEqual(plan(), {
      ...{ store: "shop/photos", volume: "pvc-1", from: "a", podName: "photos-x", podUid: "u1", there: false },
      candidates: ["b", "c"],
      cordon: ["a"],
    });
  });

  it("is to a given node by closing all others that are open, also those that could come back", () => {
    const nodes = [
      node("a"),
      node("b"),
      node("c", { cordoned: true }),
      node("d", { ready: false }),
      node("control", { taints: [{ key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" }] }),
    ];
    const { candidates, cordon } = plan({ nodes }, "b");
    assert.deepEqual({ candidates, cordon }, { candidates: ["b"], cordon: ["a", "d"] });
  });

  it("leaves alone what was cordoned before, and takes what an earlier move of it has left for open", () => {
    assert.deepEqual(plan({ nodes: [node("a", { cordoned: true }), node("b")] }).cordon, []);
    const { candidates, cordon } = plan({ nodes: [node("a"), node("b", { markedFor: "shop/photos" })] });
    assert.deepEqual({ candidates, cordon }, { candidates: ["b"], cordon: ["a"] });
  });

  it("is not at all where it is on the node that is asked for", () => {
    const { there, cordon, candidates } = plan({ nodes: [node("a"), node("b", { ready: false })] }, "a");
    assert.deepEqual({ there, cordon, candidates }, { there: true, cordon: [], candidates: ["a"] });
  });

  it("goes where the pod's own tolerations and labels let it", () => {
    const taints = [{ key: "storage", value: "yes", effect: "NoSchedule" }];
    const nodes = [node("a"), node("b", { taints })];
    for (const toleration of [
      { operator: "Exists" },
      { key: "storage", operator: "Exists" },
      { key: "storage", value: "yes", effect: "NoSchedule" },
    ]) {
      assert.deepEqual(plan({ nodes, pod: pod({ tolerations: [toleration] }) }).candidates, ["b"]);
    }
    assert.deepEqual(refusals({ nodes, pod: pod({ tolerations: [{ key: "storage", value: "no" }] }) }), [
      "No other node can run it: b has taints that the pod does not tolerate (storage).",
    ]);
    const soft = [node("a"), node("b", { taints: [{ key: "storage", effect: "PreferNoSchedule" }] })];
    assert.deepEqual(plan({ nodes: soft }).candidates, ["b"]);
    assert.deepEqual(refusals({ pod: pod({ nodeSelector: { disk: "fast" } }), nodes: soft }), [
      "No other node can run it: b lacks labels that the pod requires (disk=fast).",
    ]);
  });

  it("never cordons the node that it is to go to, nor one that was cordoned before", () => {
    const some = fc.record({ ready: fc.boolean(), cordoned: fc.boolean() });
    fc.assert(
      fc.property(fc.array(some, { minLength: 1, maxLength: 6 }), fc.option(fc.nat(5)), (others, target) => {
        const nodes = [node("a"), ...others.map((other, index) => node(`n${index}`, other))];
        const nodesWithDriver = nodes.map(({ metadata }) => metadata?.name ?? "");
        const to = target === null ? undefined : `n${target}`;
        const decision = decideMove({ ...usual, nodes, nodesWithDriver }, to);
        if (!("plan" in decision)) return assert.ok(decision.refusals.length > 0);
        const { candidates, cordon } = decision.plan;
        assert.ok(candidates.length > 0 && cordon.includes("a"));
        for (const name of candidates) assert.ok(!cordon.includes(name));
        others.forEach(({ cordoned }, index) => assert.ok(!cordoned || !cordon.includes(`n${index}`)));
      }),
    );
  });
});

describe("what speaks against a move", () => {
  it("is a store at 0 replicas for another move, or a fence, that is under way or was killed", () => {
    assert.deepEqual(refusals({ pod: undefined, atZeroSince: "2026-11-29T20:00:00Z" }), [
      "Its Deployment is at 0 replicas because of a move or a fence that began at 2026-11-29T20:00:00Z: wait for it, or, if it no longer runs, longhorn-s3 move --undo --kubeconfig '/etc/my kube' --context prod, then repeat this when the store is available.",
    ]);
  });

  it("is that no other node takes the store, each with all its reasons", () => {
    const nodes = [node("a"), node("b", { ready: false, cordoned: true }), node("c", { cordoned: true })];
    assert.deepEqual(refusals({ nodes, nodesWithDriver: ["a", "b"] }), [
      "No other node can run it: b is NotReady and is cordoned; c is cordoned and does not have Longhorn's CSI driver.",
    ]);
    assert.deepEqual(refusals({ nodes: [node("a")] }), ["No other node can run it: there are none."]);
  });

  it("is a node that is asked for and does not take it, or is not there", () => {
    assert.deepEqual(refusals({ nodes: [node("a"), node("b", { cordoned: true }), node("c")] }, "b"), [
      "It cannot move to b: b is cordoned.",
    ]);
    assert.deepEqual(refusals({}, "z"), ['Node "z" does not exist. Existing nodes: a, b, c.']);
  });

  it("is a volume that is not whole", () => {
    assert.deepEqual(refusals({ longhorn: { state: "attached", robustness: "degraded" } }), [
      "Longhorn's volume pvc-1 is attached and degraded; it must be attached and healthy, so that the target has an intact replica. Wait until kubectl -n longhorn-system get volumes.longhorn.io pvc-1 shows that.",
    ]);
    assert.match(
      refusals({ longhorn: { state: "", robustness: "" } })[0] ?? "",
      /is of no state and of unknown health;/,
    );
    assert.deepEqual(refusals({ longhorn: undefined }), [
      "Longhorn has no volume pvc-1: kubectl -n longhorn-system get volumes.longhorn.io",
    ]);
  });

  it("is everything at once", () => {
    const nodes = [node("a", { ready: false }), node("b", { markedFor: "shop/archive" })];
    assert.deepEqual(refusals({ nodes, longhorn: { state: "detached", robustness: "faulted" } }), [
      "Its node a is NotReady and cannot stop the pod: wait for it, or, if it is powered off, longhorn-s3 fence a --kubeconfig '/etc/my kube' --context prod.",
      "No other node can run it: b is cordoned.",
      "Longhorn's volume pvc-1 is detached and faulted; it must be attached and healthy, so that the target has an intact replica. Wait until kubectl -n longhorn-system get volumes.longhorn.io pvc-1 shows that.",
      "Node b is cordoned by the move of store shop/archive, which began at 2026-11-25T02:00:00.000Z: wait for it, or, if it no longer runs, longhorn-s3 move --undo --kubeconfig '/etc/my kube' --context prod.",
    ]);
  });

  it("is a store that does not answer", () => {
    assert.deepEqual(refusals({ pod: undefined }), [
      "No pod of the store is ready, and a move does not fix that. See kubectl -n shop describe pod -l app.kubernetes.io/instance=photos.",
    ]);
  });
});

describe("when a move begins", () => {
  const now = new Date(2026, 10, 25, 14, 5, 30);
  const refused = (text: string): string => {
    try {
      parseStartTime(text, now);
    } catch (error) {
      assert.ok(error instanceof ToolError && error.exitCode === ExitCode.Refused);
      return error.message;
    }
    return assert.fail(`${text} is not refused`);
  };

  it("is at a time of today, or at a moment, in the time zone that is said or this machine's", () => {
    assert.deepEqual(parseStartTime("23:30", now), new Date(2026, 10, 25, 23, 30));
    assert.deepEqual(parseStartTime("14:06", now), new Date(2026, 10, 25, 14, 6));
    assert.deepEqual(parseStartTime("2026-11-26T02:30", now), new Date(2026, 10, 26, 2, 30));
    assert.deepEqual(parseStartTime("2026-12-26T02:30:05Z", now), new Date("2026-12-26T02:30:05Z"));
    assert.deepEqual(parseStartTime("2026-12-26T02:30+02:00", now), new Date("2026-12-26T00:30:00Z"));
  });

  it("is not in the past", () => {
    const zone = timeZone();
    assert.equal(
      refused("2:30"),
      `--at 2:30 has passed: it is 2026-11-25 14:05 (${zone}). For another day, add the date: --at 2026-11-26T02:30.`,
    );
    assert.match(refused("14:05"), /^--at 14:05 has passed/);
    assert.match(refused("2026-11-24T23:00"), /has passed: .* --at 2026-11-26T23:00\.$/);
  });

  it("is not what is no time", () => {
    const zulu = now.toISOString().slice(0, 16);
    for (const text of ["24:00", "12:60", "noon", "", "2026-11-25", "2026-13-01T10:00", "23:30:10"]) {
      assert.equal(
        refused(text),
        `--at ${text}: expected HH:MM of today, such as 23:30, or a time such as 2026-11-25T14:05 or ${zulu}Z.`,
      );
    }
  });

  it("is waited for in words that do not change too often", () => {
    assert.equal(remainingText(1), "1 s");
    assert.equal(remainingText(60_000), "60 s");
    assert.equal(remainingText(61_000), "2 min");
    assert.equal(remainingText(3_600_000), "60 min");
    assert.equal(remainingText(3_601_000), "more than 1 h");
    assert.equal(remainingText(7_201_000), "more than 2 h");
  });
});

describe("what is said of a move", () => {
  it("is where it goes, when, and who else notices", () => {
    assert.equal(
      movePlanText(plan()),
      "Store shop/photos moves from a to b or c, now. It is unavailable during the move.\nDuring the move, these nodes are cordoned: a.",
    );
    const later = new Date(2026, 10, 25, 23, 30);
    assert.equal(
      movePlanText({ ...plan(), cordon: [] }, later),
      `Store shop/photos moves from a to b or c, at ${localTime(later)} (${timeZone()}). It is unavailable during the move.`,
    );
  });

  it("is what it came to", () => {
    const report = { moveVersion: 1, namespace: "shop", name: "photos", from: "a", stages: [], putBack: [] } as const;
    const putBack = [{ node: "a", store: "shop/photos" }];
    const stages = [{ stage: "oldPodGone", meaning: "old pod gone", seconds: 0.7 }] as const;
    assert.equal(
      moveReportText({ ...report, newNode: "b", deletedAt: at, seconds: 17.64, stages, putBack }),
      `Store shop/photos is ready on b after 17.6 s, and its volume is detached from a.
     0.7 s  old pod gone
Uncordoned: a.`,
    );
    assert.equal(moveReportText({ ...report, newNode: "a" }), "Store shop/photos was already on a.");
    assert.equal(
      moveReportText({ ...report, deletedAt: at, putBack }),
      `Store shop/photos was not moved from a to another node within the time limit. See kubectl -n shop describe pod -l app.kubernetes.io/instance=photos.
Uncordoned: a.`,
    );
  });

  it("is what was put back", () => {
    assert.equal(undoneText([]), "No node is cordoned by a move, and no store is at 0 replicas because of one.");
    assert.equal(
      undoneText([{ node: "a", store: "shop/photos" }, { store: "shop/photos" }]),
      "Node a, cordoned for shop/photos, was uncordoned.\nStore shop/photos, which was at 0 replicas, was scaled up.",
    );
  });

  it("stands on the node, and is read back", () => {
    assert.deepEqual(cordonMarkOf(node("a", { markedFor: "shop/photos" })), { at, store: "shop/photos" });
    assert.equal(cordonMarkOf(node("a", { cordoned: true })), undefined);
  });
});
