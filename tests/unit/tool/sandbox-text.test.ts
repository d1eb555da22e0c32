import assert from "node:assert/strict";
import { startedText } from "../../../tool/features/demo/sandbox-text";

describe("a sandbox that was started", () => {
  it("names the commands that use and stop this very sandbox", () => {
    const text = startedText({
      directory: "/tmp/my sandbox",
      kubeconfig: "/tmp/my sandbox/kubeconfig",
      logsDirectory: "/tmp/my sandbox/logs",
      profile: "fast",
      nodes: ["node1"],
      chart: "/tmp/my sandbox/chart",
    });
    assert.match(text, /\n {2}export KUBECONFIG='\/tmp\/my sandbox\/kubeconfig'\n/);
    assert.match(text, /\n {2}longhorn-s3 sandbox stop --directory '\/tmp\/my sandbox'$/);
  });
});
