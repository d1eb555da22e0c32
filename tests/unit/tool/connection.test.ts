import assert from "node:assert/strict";
import { clusterOf } from "../../../tool/cluster/connection";
import { kubeconfigOf } from "./commands/no-cluster";

describe("the flags that lead a command to a cluster", () => {
  const kubeconfig = kubeconfigOf("https://127.0.0.1:1");

  it("are a placeholder for a kubeconfig that is in no file, and the context", () => {
    const { reachedBy } = clusterOf({ kubeconfig });
    assert.deepEqual(reachedBy, ["--kubeconfig", "KUBECONFIG", "--context", "prod"]);
  });

  it("are those that a connection has itself, such as a stack's", () => {
    const reached = clusterOf({ kubeconfig, context: "staging", reachedBy: ["--stack", "prod"] });
    assert.deepEqual(reached.reachedBy, ["--stack", "prod"]);
    assert.equal(reached.config.getCurrentContext(), "staging");
  });
});
