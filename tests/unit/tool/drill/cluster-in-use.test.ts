import assert from "node:assert/strict";
import type { V1Node, V1Pod } from "@kubernetes/client-node";
import { nodeInUse } from "../../../../tool/drill/cluster-in-use";

const node = (spec: V1Node["spec"] = {}, labels: Record<string, string> = {}): V1Node => ({
  metadata: { name: "node2", labels },
  spec,
  status: { conditions: [{ type: "Ready", status: "True" }] as never },
});
const pod: V1Pod = {
  spec: {
    containers: [],
    nodeName: "node1",
    nodeSelector: { disk: "ssd" },
    tolerations: [{ key: "dedicated", operator: "Exists" }],
  },
};
const against = (one: V1Node, withDriver = ["node2"]): readonly string[] =>
  nodeInUse(one, { pod, store: "photos/photos", nodesWithDriver: withDriver }).against;

describe("a node that a drill could move a store to", () => {
  const ssd = { disk: "ssd" };
  const dedicated = { taints: [{ key: "dedicated", value: "storage", effect: "NoSchedule" }] };

  it("is one that the store's pod can go to, whatever taints it tolerates", () => {
    assert.deepEqual(against(node(dedicated, ssd)), []);
  });

  it("is none without the labels, the driver or the tolerations that the pod needs", () => {
    assert.deepEqual(against(node({ taints: [{ key: "gpu", effect: "NoSchedule" }] }), []), [
      "has taints that the pod does not tolerate (gpu)",
      "lacks labels that the pod requires (disk=ssd)",
      "does not have Longhorn's CSI driver",
    ]);
    assert.deepEqual(against(node({ unschedulable: true }, ssd)), ["is cordoned"]);
  });

  it("is not judged where there is no pod to go", () => {
    assert.deepEqual(nodeInUse(node(), { store: "photos/photos", nodesWithDriver: [] }).against, []);
  });
});
