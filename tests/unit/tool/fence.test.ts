import assert from "node:assert/strict";
import type { V1Node, V1PersistentVolumeClaim, V1Pod, V1Toleration, V1VolumeAttachment } from "@kubernetes/client-node";
import fc from "fast-check";
import { selectorLabels } from "../../../components/gateway/labels";
import { outOfServiceTaint } from "../../../components/taints";
import { ExitCode, ToolError } from "../../../tool/errors";
import { ApiException } from "@kubernetes/client-node";
import { affectedPods } from "../../../tool/features/fence/affected-pods";
import { terminating, type FenceReport } from "../../../tool/features/fence/fence";
import { fenceAnnotation, fenceMarkOf, joinedMark, type FenceMark } from "../../../tool/features/fence/mark";
import { fencePlan } from "../../../tool/features/fence/plan";
import { fenceRefusals, refuse, refuseUnknownNode } from "../../../tool/features/fence/refusals";
import { unfenceRefusals } from "../../../tool/features/fence/unfence";
import type { NodeSilence } from "../../../tool/features/fence/silence";
import { fencePlanText, fenceQuestion, fenceReportText, unfenceReportText } from "../../../tool/features/fence/text";

const now = new Date("2026-11-25T03:00:00.000Z");

const node = (status: "True" | "False" | "Unknown", more: Partial<V1Node> = {}): V1Node => ({
  metadata: { name: "node-2" },
  status: { conditions: [{ type: "Ready", status }] },
  ...more,
});

const silence = (status: "True" | "False" | "Unknown", seconds?: number, more: Partial<V1Node> = {}): NodeSilence => ({
  node: node(status, more),
  now,
  ...(seconds !== undefined && { lastSignAt: new Date(now.getTime() - seconds * 1000) }),
});

const pod = (
  name: string,
  { spec = {}, status = {}, metadata = {} }: Partial<Record<"spec" | "status" | "metadata", object>> = {},
) =>
  ({
    metadata: { namespace: "shop", name, uid: `uid-${name}`, ...metadata },
    spec: { containers: [], ...spec },
    status,
  }) as V1Pod;

const withClaim = (claimName: string) => ({ volumes: [{ name: "data", persistentVolumeClaim: { claimName } }] });

const claim = (name: string, volumeName?: string): V1PersistentVolumeClaim => ({
  metadata: { namespace: "shop", name },
  spec: { volumeName },
});

describe("what speaks against fencing a node", () => {
  it("is nothing where it is not ready and has been silent for long enough", () => {
    assert.deepEqual(fenceRefusals(silence("Unknown", 60), 60), []);
    assert.deepEqual(fenceRefusals(silence("False", 61), 60), []);
    assert.deepEqual(fenceRefusals(silence("Unknown"), 60), []);
  });

  it("is that it answers, and that it did so lately: both at once", () => {
    assert.deepEqual(fenceRefusals(silence("True", 3), 60, ["--context", "prod"]), [
      'The node is Ready, so it is not powered off, and its pods may write. To drain a working node, use "longhorn-s3 move --context prod". Power off a broken node that is still Ready first.',
      "The node's last heartbeat was 3 s ago, by the API server's clock; expected at least 60 s. Wait another 57 s.",
    ]);
  });

  it("is that it has not been silent for long enough, with what to do", () => {
    assert.deepEqual(fenceRefusals(silence("Unknown", 21), 60), [
      "The node's last heartbeat was 21 s ago, by the API server's clock; expected at least 60 s. Wait another 39 s; if it is known to be powered off, use --silent-for 21.",
    ]);
  });

  it("is a clock of the node's that is ahead", () => {
    assert.deepEqual(fenceRefusals(silence("Unknown", -30), 60), [
      "The node's last heartbeat is 30 s ahead of the API server's clock; expected at least 60 s. Wait another 90 s; if it is known to be powered off, use --silent-for 0.",
    ]);
    assert.match(fenceRefusals(silence("Unknown", -1), 60)[0] ?? "", /was 0 s ago/);
  });

  it("never depends on this machine's clock, and is only about the node's silence where it is not ready", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 1000 }), (seconds, asked) => {
        assert.equal(fenceRefusals(silence("Unknown", seconds), asked).length, seconds >= asked ? 0 : 1);
        assert.equal(fenceRefusals(silence("True", seconds), asked).length, seconds >= asked ? 1 : 2);
      }),
    );
  });

  it("is refused with everything in one message", () => {
    assert.throws(
      () => refuse("Node node-2 is not fenced", ["One.", "Two."]),
      new ToolError("Node node-2 is not fenced, nothing was changed:\n  - One.\n  - Two.", ExitCode.Refused),
    );
    assert.doesNotThrow(() => refuse("Node node-2 is not fenced", []));
    assert.throws(
      () => refuseUnknownNode("node-9", ["node-2", "node-1"]),
      new ToolError(
        'Node "node-9" does not exist. Nothing was changed. Existing nodes: node-1, node-2.',
        ExitCode.Refused,
      ),
    );
  });
});

describe("the pods that the taint takes from a node", () => {
  const names = (...pods: V1Pod[]): string[] => affectedPods(pods, []).map(({ name }) => name);
  const tolerating = (toleration: V1Toleration, metadata = {}): V1Pod =>
    pod("one", { spec: { tolerations: [toleration] }, metadata });

  it("are all that run there, but those that have ended and the kubelet's own", () => {
    assert.deepEqual(
      names(
        pod("b"),
        pod("a", { status: { phase: "Running" } }),
        pod("done", { status: { phase: "Succeeded" } }),
        pod("failed", { status: { phase: "Failed" } }),
        pod("static", { metadata: { annotations: { "kubernetes.io/config.mirror": "x" } } }),
      ),
      ["a", "b"],
    );
  });

  it("are not those that tolerate the taint for ever, unless they are terminating", () => {
    const { key, value, effect } = outOfServiceTaint;
    for (const toleration of [
      { operator: "Exists" },
      { operator: "Exists", effect },
      { key, operator: "Exists" },
      { key, value },
      { key, operator: "Equal", value, effect },
    ]) {
      assert.deepEqual(names(tolerating(toleration)), [], JSON.stringify(toleration));
      assert.deepEqual(names(tolerating(toleration, { deletionTimestamp: now })), ["one"]);
    }
    for (const toleration of [
      { key: "node.kubernetes.io/unreachable", operator: "Exists", effect },
      { operator: "Exists", effect: "NoSchedule" },
      { key, operator: "Exists", effect, tolerationSeconds: 300 },
      { key, value: "other" },
    ]) {
      assert.deepEqual(names(tolerating(toleration)), ["one"], JSON.stringify(toleration));
    }
  });

  it("have the volumes of their claims; gateways are known by all their labels", () => {
    const labels = selectorLabels("photos");
    const ephemeral = { volumes: [{ name: "scratch", ephemeral: {} }] };
    const claims = [claim("photos", "pvc-1"), claim("waiting"), claim("tmp-scratch", "pvc-2")];
    const pods = [
      pod("photos-x", { spec: withClaim("photos"), metadata: { labels } }),
      pod("db", {
        spec: withClaim("waiting"),
        metadata: { labels: { ...labels, "app.kubernetes.io/component": "image" } },
      }),
      pod("tmp", { spec: ephemeral }),
    ];
    assert.deepEqual(affectedPods(pods, claims), [
      { namespace: "shop", name: "db", uid: "uid-db", volumes: ["claim waiting"] },
      { namespace: "shop", name: "photos-x", uid: "uid-photos-x", store: "photos", volumes: ["pvc-1"] },
      { namespace: "shop", name: "tmp", uid: "uid-tmp", volumes: ["pvc-2"] },
    ]);
  });
});

describe("what a fenced node's annotation says", () => {
  const mark: FenceMark = { at: "2026-11-25T02:00:00.000Z", stores: ["shop/photos"], volumes: ["pvc-1"] };
  const marked = (text: string): V1Node =>
    node("Unknown", { metadata: { name: "node-2", annotations: { [fenceAnnotation]: text } } });

  it("is read back; what somebody has made unreadable is a mark all the same", () => {
    assert.deepEqual(fenceMarkOf(marked(JSON.stringify(mark))), mark);
    assert.equal(fenceMarkOf(node("Unknown")), undefined);
    for (const text of ["", "null", "5", "{"])
      assert.deepEqual(fenceMarkOf(marked(text)), { at: "", stores: [], volumes: [] });
  });

  it("keeps its begin and everything that was on the node then", () => {
    const later: FenceMark = { at: now.toISOString(), stores: ["shop/archive"], volumes: ["pvc-0", "pvc-1"] };
    assert.deepEqual(joinedMark(undefined, later), later);
    assert.deepEqual(joinedMark(mark, later), {
      at: mark.at,
      stores: ["shop/archive", "shop/photos"],
      volumes: ["pvc-0", "pvc-1"],
    });
    assert.deepEqual(joinedMark(mark, mark), mark);
    assert.equal(joinedMark({ ...mark, at: "" }, later).at, later.at);
  });
});

describe("what whoever vouches is told", () => {
  const gateway = { namespace: "shop", name: "photos-x", uid: "u1", store: "photos", volumes: ["pvc-1"] };
  const database = { namespace: "shop", name: "database-0", uid: "u2", volumes: ["pvc-2", "pvc-3"] };
  const web = { namespace: "shop", name: "web", uid: "u3", volumes: [] };

  it("is what is deleted by whom, and what could be lost", () => {
    const plan = fencePlan(silence("Unknown", 75), [gateway, database, web]);
    assert.deepEqual(plan.mark, {
      at: now.toISOString(),
      stores: ["shop/photos"],
      volumes: ["pvc-1", "pvc-2", "pvc-3"],
    });
    assert.equal(
      fencePlanText(plan),
      `Node node-2 is not Ready; its last heartbeat was 75 s ago.
If it is not powered off, its pods continue to write to volumes that are then attached elsewhere, and these writes are lost.
Power it off first, or verify that it is: a node that restarts or has lost its network is not powered off.
Gateways of stores, which are deleted immediately:
  shop/photos-x  pvc-1
Other pods with volumes, which Kubernetes deletes and whose volumes it detaches:
  shop/database-0  pvc-2, pvc-3
Other pods without volumes, which Kubernetes deletes too:
  shop/web`,
    );
    assert.equal(
      fenceQuestion(plan),
      "Do you confirm that node node-2 is powered off? Fencing it also deletes 2 other pods on it.",
    );
  });

  it("counts the pods of others in the question, whatever they hold", () => {
    const question = (...affected: (typeof gateway | typeof web)[]): string =>
      fenceQuestion(fencePlan(silence("Unknown", 75), affected));
    assert.equal(question(gateway), "Do you confirm that node node-2 is powered off?");
    assert.match(question(gateway, web), / Fencing it also deletes 1 other pod on it\.$/);
  });

  it("is that it was begun before, and by whom", () => {
    const taints = [outOfServiceTaint];
    const others = fencePlan(silence("Unknown", 75, { spec: { taints } }), []);
    assert.match(fencePlanText(others), /\nIt is already out of service, by another actor\.\n/);
    assert.match(fencePlanText(others), /\nNo pod is evicted by that\.$/);
    const annotations = {
      [fenceAnnotation]: JSON.stringify({ at: "2026-11-25T02:00:00.000Z", stores: ["shop/photos"] }),
    };
    const ours = fencePlan(silence("Unknown", 75, { spec: { taints }, metadata: { name: "node-2", annotations } }), []);
    assert.match(
      fencePlanText(ours),
      /\nIt is already out of service, by longhorn-s3 at 2026-11-25T02:00:00\.000Z\.\n/,
    );
    assert.deepEqual(ours.mark.stores, ["shop/photos"]);
  });
});

describe("a pod that is deleted by force", () => {
  const { signal } = new AbortController();
  const subject = { namespace: "shop", name: "photos-x", uid: "u1" };
  const seen = (uid: string, deletionTimestamp?: Date): V1Pod => ({ metadata: { uid, deletionTimestamp } });
  const answering = (...answers: (() => Promise<V1Pod>)[]) => {
    let asked = 0;
    const readNamespacedPod = () => (answers[asked++] ?? assert.fail("asked too often"))();
    return { core: { readNamespacedPod }, asked: () => asked };
  };

  it("is Terminating by then: before that its ReplicaSet would replace it", async () => {
    const running = () => Promise.resolve(seen("u1"));
    const { core, asked } = answering(running, running, () => Promise.resolve(seen("u1", now)));
    await terminating(core, subject, signal);
    assert.equal(asked(), 3);
  });

  it("is not waited for if it no longer exists, or another has its name", async () => {
    const absent = answering(() => Promise.reject(new ApiException(404, "not found", {}, {})));
    await terminating(absent.core, subject, signal);
    const other = answering(() => Promise.resolve(seen("u2")));
    await terminating(other.core, subject, signal);
    assert.deepEqual([absent.asked(), other.asked()], [1, 1]);
  });
});

describe("what a fence came to, as text", () => {
  it("is how long each store took, with its stages, and what to do about one that is not back", () => {
    const report: FenceReport = {
      fenceVersion: 1,
      node: "node-2",
      fencedAt: now.toISOString(),
      outOfServiceBefore: false,
      stores: [
        {
          ...{ namespace: "shop", name: "photos", newNode: "node-1", seconds: 7.04 },
          stages: [{ stage: "oldPodGone", meaning: "old pod gone", seconds: 0.24 }],
        },
        { namespace: "shop", name: "archive", stages: [] },
      ],
      leftToKubernetes: [{ namespace: "shop", name: "database-0", volumes: ["pvc-2"] }],
    };
    assert.equal(
      fenceReportText(report, ["--context", "prod"]),
      `Node node-2 is out of service.
Store shop/photos is ready on node-1 after 7.0 s.
     0.2 s  old pod gone
Store shop/archive is not ready on another node yet. See kubectl -n shop describe pod -l app.kubernetes.io/instance=archive.
Left to Kubernetes: shop/database-0.
After its return: longhorn-s3 unfence node-2 --context prod`,
    );
  });
});

describe("what speaks against taking a node to service", () => {
  const mark: FenceMark = { at: now.toISOString(), stores: ["shop/photos"], volumes: ["pvc-1"] };
  const fenced = (status: "True" | "Unknown", volumesInUse: string[] = []): V1Node => ({
    metadata: { name: "node-2", annotations: { [fenceAnnotation]: JSON.stringify(mark) } },
    spec: { taints: [outOfServiceTaint] },
    status: {
      volumesInUse,
      conditions: [{ type: "Ready", status, ...(status === "Unknown" && { reason: "NodeStatusUnknown" }) }],
    },
  });
  const attachment = (name: string, nodeName: string, persistentVolumeName: string): V1VolumeAttachment => ({
    metadata: { name },
    spec: { attacher: "driver.longhorn.io", nodeName, source: { persistentVolumeName } },
  });
  const before = new Date(now.getTime() - 1000);
  const after = new Date(now.getTime() + 1000);
  const nothing = { pods: [], attachments: [] };

  it("is nothing where it is back and clean, or not out of service", () => {
    assert.deepEqual(unfenceRefusals({ node: fenced("True"), ...nothing }), []);
    assert.deepEqual(unfenceRefusals({ node: node("Unknown"), ...nothing }), []);
  });

  it("is that somebody else has set the taint", () => {
    assert.deepEqual(unfenceRefusals({ node: node("True", { spec: { taints: [outOfServiceTaint] } }), ...nothing }), [
      "Its out-of-service taint was not set by longhorn-s3. A remediator removes its own. To remove one that was set manually: kubectl taint node node-2 node.kubernetes.io/out-of-service-",
    ]);
  });

  it("is that it is not back; what its kubelet said last does not count then", () => {
    const refusals = unfenceRefusals({
      node: fenced("Unknown", ["kubernetes.io/csi/driver.longhorn.io^pvc-1"]),
      ...nothing,
    });
    assert.deepEqual(refusals, [
      "The node has not returned: its condition Ready is Unknown (NodeStatusUnknown). Power it on, and wait until kubectl get node node-2 shows Ready. Delete a node that will not return with kubectl delete node, once it is powered off.",
    ]);
  });

  it("is everything of before that is left on it, each by its name", () => {
    const terminating = (name: string, creationTimestamp: Date, more: object = {}): V1Pod =>
      pod(name, { metadata: { creationTimestamp, deletionTimestamp: now, ...more } });
    const refusals = unfenceRefusals({
      node: fenced("True", [
        "kubernetes.io/csi/driver.longhorn.io^pvc-1",
        "kubernetes.io/csi/driver.longhorn.io^pvc-2",
      ]),
      pods: [
        terminating("old", before),
        terminating("held", before, { finalizers: ["example.com/hold"] }),
        terminating("new", after),
        pod("running", { metadata: { creationTimestamp: before } }),
      ],
      attachments: [
        attachment("csi-a", "node-2", "pvc-1"),
        attachment("csi-b", "node-1", "pvc-1"),
        attachment("csi-c", "node-2", "pvc-2"),
      ],
    });
    assert.deepEqual(refusals, [
      "Pod shop/old, which was on it, is still terminating: the kubelet removes it within its grace period. Wait, and run this again. If it stays, see kubectl -n shop describe pod old.",
      "Pod shop/held, which was on it, is held by example.com/hold: check that the controller that set it runs.",
      "VolumeAttachment csi-a still binds volume pvc-1 to it: Kubernetes removes it within a few minutes. Wait, and run this again. If it stays, see kubectl describe volumeattachment csi-a.",
      "Its kubelet still has volume pvc-1 mounted: it unmounts unused volumes. Wait, and run this again. If it stays, restart node node-2.",
    ]);
  });

  it("is told when there was nothing to take back", () => {
    const report = { unfenceVersion: 1, node: "node-2" } as const;
    assert.equal(unfenceReportText({ ...report, changed: true }), "Node node-2 was returned to service.");
    assert.equal(unfenceReportText({ ...report, changed: false }), "Node node-2 was not fenced: nothing was changed.");
  });
});
