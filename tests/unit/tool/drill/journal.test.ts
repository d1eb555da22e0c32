import assert from "node:assert/strict";
import { cleanupCommand } from "../../../../tool/cluster/drill-record";
import { undoText, type UndoStep } from "../../../../tool/drill/undo";

describe("what a drill leaves for whoever cleans up", () => {
  it("names the cluster, so that no other is cleaned up", () => {
    assert.equal(
      cleanupCommand(["--directory", "/var/lib/sand box"], "photos", "photos/photos"),
      "longhorn-s3 drill cleanup --directory '/var/lib/sand box' --namespace photos --store photos",
    );
    assert.equal(
      cleanupCommand(["--context", "prod", "--url", "https://s3.example.com"], "s3", "s3/archive"),
      "longhorn-s3 drill cleanup --context prod --url https://s3.example.com --namespace s3 --store archive",
    );
  });

  it("is a sentence for each step, some of them a command", () => {
    const steps: [UndoStep, string][] = [
      [{ undo: "uncordon", node: "a", store: "s/s" }, "kubectl uncordon a"],
      [{ undo: "unfence", node: "a" }, "unfence node a"],
      [{ undo: "scale-back", namespace: "n", name: "d" }, "kubectl scale deployment -n n d --replicas 1"],
      [{ undo: "delete-pod", namespace: "n", name: "p" }, "kubectl delete pod -n n p"],
      [{ undo: "start-node", node: "a" }, "start node a"],
      [{ undo: "rejoin-node", node: "a" }, "connect node a again"],
      [{ undo: "await-node", node: "a", since: "" }, "switch node a on, and wait until it is ready"],
      [{ undo: "remove-bucket", bucket: "b", url: "" }, "remove bucket b"],
    ];
    for (const [step, text] of steps) assert.equal(undoText(step), text);
  });
});
