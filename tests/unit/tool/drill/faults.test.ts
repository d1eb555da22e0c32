import assert from "node:assert/strict";
import { DrillCase } from "../../../../tool/drill/cases";
import { chooseFault, methodsOf } from "../../../../tool/drill/faults/choose";
import { ExitCode, ToolError } from "../../../../tool/errors";
import { drillPod } from "../../../../tool/drill/faults/node-faults";

const refusal = (message: string) => (error: unknown) => {
  assert.ok(error instanceof ToolError && error.exitCode === ExitCode.Refused);
  assert.equal(error.message, message);
  return true;
};

describe("the ways to make a failure", () => {
  it("exist for every case, on a sandbox and on a cluster, and say what they do and do not simulate", () => {
    for (const drillCase of Object.values(DrillCase)) {
      for (const isSandbox of [true, false]) {
        const methods = methodsOf(drillCase, isSandbox).map(({ method }) => method);
        assert.ok(methods.length > 0);
        for (const { name, does, simulates, doesNotSimulate } of methods) {
          assert.ok([name, does, simulates, doesNotSimulate].every((text) => text.length > 3));
        }
      }
    }
  });

  it("are on a sandbox the usual ones unless another is named", () => {
    assert.equal(chooseFault(DrillCase.PodFailure, {}, true).method.name, "process-killed");
    assert.equal(chooseFault(DrillCase.PodFailure, { method: "pod-deleted" }, true).method.name, "pod-deleted");
    assert.equal(chooseFault(DrillCase.NodeFailure, {}, true).method.name, "sandbox-power-off");
    assert.equal(chooseFault(DrillCase.Partition, {}, true).method.name, "sandbox-cut-off");
  });

  it("of a node of a real cluster have to be named", () => {
    assert.throws(
      () => chooseFault(DrillCase.NodeFailure, {}, false),
      refusal(
        "How a node of a real cluster fails is yours to say: --method command, or sysrq (has a privileged pod on the node write o to " +
          "/proc/sysrq-trigger, which switches the machine off at once); kubelet-stop (has a privileged pod stop the node's kubelet; " +
          "systemd starts it again after 600 s).",
      ),
    );
    assert.equal(chooseFault(DrillCase.NodeFailure, { method: "sysrq" }, false).method.name, "sysrq");
  });

  it("that there are not are refused with those that there are", () => {
    assert.throws(
      () => chooseFault(DrillCase.PodFailure, { method: "sysrq" }, true),
      refusal('--method is "sysrq": for pod-failure on a sandbox it is one of process-killed, pod-deleted.'),
    );
    assert.throws(
      () => chooseFault(DrillCase.Fence, { method: "reboot" }, false),
      refusal('--method is "reboot": for fence it is one of sysrq, command.'),
    );
  });

  it("may be a command, which needs its arguments and a cluster that is no sandbox", () => {
    const command = ["ipmitool", "-H", "{node}-bmc", "power", "off"];
    const fault = chooseFault(DrillCase.Fence, { method: "command", command }, false);
    // A password may be among the arguments.
    assert.equal(fault.method.does, "runs ipmitool with arguments of the operator's own on this machine");
    assert.throws(
      () => chooseFault(DrillCase.Fence, { method: "command" }, false),
      refusal('--method command needs --command, such as \'["ipmitool","-H","{node}-bmc","power","off"]\'.'),
    );
    for (const isSandbox of [true, false]) {
      assert.throws(
        () => chooseFault(DrillCase.NodeFailure, { command }, isSandbox),
        refusal("--command goes with --method command on a cluster that is no sandbox."),
      );
    }
  });

  it("that need a pod on the node bind it there, give it no token, and run no shell with a name in it", () => {
    const work = { image: "quay.io/s3gw/s3gw:v0.23.0", command: ["/bin/sh", "-c", "fixed"], bootId: "1-2", until: 99 };
    const { metadata, spec } = drillPod("node-1", work);
    assert.equal(metadata?.name, "longhorn-s3-drill-node-1");
    assert.deepEqual(spec, {
      ...{ nodeName: "node-1", hostPID: true, restartPolicy: "Never", automountServiceAccountToken: false },
      tolerations: [{ operator: "Exists" }],
      containers: [
        {
          ...{ name: "drill", image: "quay.io/s3gw/s3gw:v0.23.0", command: ["/bin/sh", "-c", "fixed"] },
          env: [
            { name: "BOOT_ID", value: "1-2" },
            { name: "UNTIL", value: "99" },
          ],
          securityContext: { privileged: true },
        },
      ],
    });
  });
});
