import assert from "node:assert/strict";
import { KubeConfig } from "@kubernetes/client-node";
import { DrillCase } from "../../../../tool/drill/cases";
import { chooseFault, undoOf } from "../../../../tool/drill/faults/choose";
import type { FaultSubject } from "../../../../tool/drill/faults/fault";
import { undoText } from "../../../../tool/drill/undo";

const subject: FaultSubject = {
  config: new KubeConfig(),
  store: {
    ...{ namespace: "s3", name: "photos", serviceName: "photos", servicePort: 80, deploymentName: "photos" },
    ...{ persistentVolumeClaimName: "photos", volume: "pv", longhornVolume: "pv", accessMode: "ReadWriteOncePod" },
    ...{ podSelector: "", credentialsSecretName: "photos" },
    failover: { onNodeFailure: "Wait", terminationGracePeriodSeconds: 30 },
  },
  serving: { podName: "photos-1", podUid: "uid", node: "node1" },
  drillPod: { namespace: "longhorn-system", image: "longhornio/longhorn-manager:v1.12.1" },
  signal: new AbortController().signal,
};
const texts = (drillCase: DrillCase, method: string, isSandbox: boolean): string[] =>
  undoOf(drillCase, chooseFault(drillCase, { method }, isSandbox), subject).map(undoText);

describe("what a drill puts back", () => {
  it("is of a fence the node first, then the fence, then the store", () => {
    assert.deepEqual(texts(DrillCase.Fence, "sandbox-power-off", true), [
      "start node node1",
      "unfence node node1",
      "kubectl scale deployment -n s3 photos --replicas 1",
    ]);
    assert.deepEqual(texts(DrillCase.Fence, "sysrq", false), [
      "kubectl delete pod -n longhorn-system longhorn-s3-drill-node1",
      "power on node node1, and wait until it is ready",
      "unfence node node1",
      "kubectl scale deployment -n s3 photos --replicas 1",
    ]);
  });

  it("is of any other case what its method has changed", () => {
    assert.deepEqual(texts(DrillCase.NodeFailure, "sandbox-power-off", true), ["start node node1"]);
    assert.deepEqual(texts(DrillCase.PodFailure, "process-killed", true), []);
    assert.deepEqual(texts(DrillCase.Eviction, "api", false), ["kubectl uncordon node1"]);
    assert.deepEqual(texts(DrillCase.Eviction, "pressure", true), [
      "end the pressure on node node1",
      "delete the ended pods of store s3/photos",
    ]);
  });
});
