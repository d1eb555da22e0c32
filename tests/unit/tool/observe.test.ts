import assert from "node:assert/strict";
import type { V1EndpointSlice, V1Node, V1Pod, V1VolumeAttachment } from "@kubernetes/client-node";
import {
  observeEndpointSlice,
  observeNode,
  observePod,
  observeVolumeAttachment,
  readyEndpoints,
} from "../../../tool/cluster/failover-watch/observe";

const ready = (status: "True" | "False" | "Unknown") => ({ conditions: [{ type: "Ready", status }] });

const slice = (endpoints: { uid: string; ready: boolean }[] | null): V1EndpointSlice =>
  ({
    addressType: "IPv4",
    endpoints:
      endpoints &&
      endpoints.map(({ uid, ready: isReady }) => ({
        addresses: ["10.244.1.2"],
        conditions: { ready: isReady },
        nodeName: "node1",
        targetRef: { name: `pod-${uid}`, uid },
      })),
  }) as V1EndpointSlice;

describe("what the timeline sees", () => {
  it("of a node that is silent or says so itself: not ready", () => {
    for (const [status, expected] of [
      ["True", true],
      ["False", false],
      ["Unknown", false],
    ] as const) {
      const node: V1Node = { metadata: { name: "node1" }, status: ready(status) };
      assert.deepEqual(observeNode(node, 7), {
        kind: "Node",
        at: 7,
        name: "node1",
        ready: expected,
        outOfService: false,
      });
    }
    assert.equal((observeNode({ metadata: { name: "new" } }, 7) as { ready: boolean }).ready, false);
  });

  it("of a pod: whose it is, and whether it is ready, being deleted, or gone", () => {
    const pod: V1Pod = { metadata: { uid: "u" }, spec: { nodeName: "node1", containers: [] }, status: ready("True") };
    assert.deepEqual(observePod(pod, false, 7), {
      kind: "Pod",
      at: 7,
      uid: "u",
      node: "node1",
      ready: true,
      terminating: false,
      gone: false,
    });
    const deleted = observePod({ metadata: { uid: "u", deletionTimestamp: new Date() } }, true, 7);
    assert.ok(deleted.kind === "Pod" && deleted.terminating && deleted.gone && !deleted.ready);
    const evicted = observePod({ metadata: { uid: "u" }, status: { phase: "Failed", reason: "Evicted" } }, false, 7);
    assert.ok(evicted.kind === "Pod" && !evicted.terminating && evicted.gone && !evicted.ready);
  });

  it("of an attachment: which volume on which node, and whether it is done", () => {
    const attachment: V1VolumeAttachment = {
      metadata: { name: "csi-1" },
      spec: { attacher: "driver.longhorn.io", nodeName: "node2", source: { persistentVolumeName: "pv" } },
      status: { attached: true },
    };
    const seen = {
      kind: "VolumeAttachment",
      at: 7,
      name: "csi-1",
      node: "node2",
      volume: "pv",
      attached: true,
      gone: false,
    };
    assert.deepEqual(observeVolumeAttachment(attachment, false, 7), seen);
    assert.deepEqual(observeVolumeAttachment({ ...attachment, status: undefined }, true, 7), {
      ...seen,
      attached: false,
      gone: true,
    });
  });

  it("of a Service: the pods that are ready, and none where its slice has no endpoints at all", () => {
    const both = slice([
      { uid: "a", ready: true },
      { uid: "b", ready: false },
    ]);
    assert.deepEqual(observeEndpointSlice(both, 7), { kind: "EndpointSlice", at: 7, readyPods: ["a"] });
    assert.deepEqual(readyEndpoints([both, slice(null)]), [{ podName: "pod-a", podUid: "a", node: "node1" }]);
    assert.deepEqual(observeEndpointSlice(slice(null), 7), { kind: "EndpointSlice", at: 7, readyPods: [] });
  });
});
