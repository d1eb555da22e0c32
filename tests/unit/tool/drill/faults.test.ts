import assert from "node:assert/strict";
import type { KubeConfig, V1Pod } from "@kubernetes/client-node";
import { DrillCase } from "../../../../tool/drill/cases";
import { chooseFault, methodsOf } from "../../../../tool/drill/faults/choose";
import { ExitCode, ToolError } from "../../../../tool/errors";
import { confirmedDrillPod, imageQuestion, managerSource } from "../../../../tool/drill/faults/drill-image";
import { drillPod } from "../../../../tool/drill/faults/drill-pod";

const refusal = (message: string) => (error: unknown) => {
  assert.ok(error instanceof ToolError && error.exitCode === ExitCode.Refused);
  assert.equal(error.message, message);
  return true;
};

const image = "longhornio/longhorn-manager:v1.12.1";

describe("the ways to make a failure", () => {
  it("exist for every case, on a sandbox and on a cluster, and say what they do and do not simulate", () => {
    for (const drillCase of Object.values(DrillCase)) {
      for (const isSandbox of [true, false]) {
        const methods = methodsOf(drillCase, isSandbox).map(({ method }) => method);
        assert.ok(methods.length > 0);
        for (const { name, does, simulates, doesNotSimulate } of methods) {
          assert.ok([name, does, simulates, doesNotSimulate].every((text) => text.length >= 3));
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

  it("of an eviction are the Eviction API, and on a sandbox alone a kubelet under pressure", () => {
    assert.equal(chooseFault(DrillCase.Eviction, {}, false).method.name, "api");
    assert.equal(chooseFault(DrillCase.Eviction, {}, true).method.name, "api");
    for (const method of ["pressure", "disk-pressure"]) {
      assert.match(chooseFault(DrillCase.Eviction, { method }, true).method.doesNotSimulate, /figures are injected/);
      assert.throws(
        () => chooseFault(DrillCase.Eviction, { method }, false),
        refusal(
          `--method ${method} only runs on a sandbox: on a real node, a shortage would affect every pod. Set --method api, or remove ` +
            "--stack, --kubeconfig and --context.",
        ),
      );
    }
    assert.throws(
      () => chooseFault(DrillCase.SwitchOver, { method: "pressure" }, false),
      refusal('--method is "pressure": for switch-over expected one of move, cordon-and-delete.'),
    );
  });

  it("of a node of a real cluster have to be named", () => {
    assert.throws(
      () => chooseFault(DrillCase.NodeFailure, {}, false),
      refusal(
        "On a real cluster, the method must be set: --method command, or sysrq (has a privileged pod on the node write o to " +
          "/proc/sysrq-trigger, which powers the machine off immediately); kubelet-stop (has a privileged pod stop the node's kubelet; " +
          "systemd restarts it after 600 s).",
      ),
    );
    assert.equal(chooseFault(DrillCase.NodeFailure, { method: "sysrq" }, false).method.name, "sysrq");
  });

  it("that there are not are refused with those that there are", () => {
    assert.throws(
      () => chooseFault(DrillCase.PodFailure, { method: "sysrq" }, true),
      refusal('--method is "sysrq": for pod-failure on a sandbox expected one of process-killed, pod-deleted.'),
    );
    assert.throws(
      () => chooseFault(DrillCase.Fence, { method: "reboot" }, false),
      refusal('--method is "reboot": for fence expected one of sysrq, command.'),
    );
  });

  it("may be a command, which needs its arguments and a cluster that is no sandbox", () => {
    const command = ["ipmitool", "-H", "{node}-bmc", "power", "off"];
    const fault = chooseFault(DrillCase.Fence, { method: "command", command }, false);
    // A password may be among the arguments.
    assert.equal(fault.method.does, "runs ipmitool with arguments of the operator's own on this machine");
    assert.throws(
      () => chooseFault(DrillCase.Fence, { method: "command" }, false),
      refusal('--method command requires --command, such as \'["ipmitool","-H","{node}-bmc","power","off"]\'.'),
    );
    for (const isSandbox of [true, false]) {
      assert.throws(
        () => chooseFault(DrillCase.NodeFailure, { command }, isSandbox),
        refusal("--command requires --method command on a real cluster."),
      );
    }
  });

  it("that need a pod on the node bind it there, give it no token, and run no shell with a name in it", () => {
    const source = { namespace: "longhorn-system", image, imagePullSecrets: ["registry"] };
    const work = { ...source, command: ["/bin/sh", "-c", "fixed"], bootId: "1-2", until: 99 };
    const { metadata, spec } = drillPod("node-1", work);
    assert.deepEqual([metadata?.namespace, metadata?.name], ["longhorn-system", "longhorn-s3-drill-node-1"]);
    assert.deepEqual(spec, {
      ...{ nodeName: "node-1", hostPID: true, restartPolicy: "Never", automountServiceAccountToken: false },
      tolerations: [{ operator: "Exists" }],
      imagePullSecrets: [{ name: "registry" }],
      containers: [
        {
          ...{ name: "drill", image, imagePullPolicy: "IfNotPresent", command: ["/bin/sh", "-c", "fixed"] },
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

describe("the image of the privileged pod", () => {
  const manager: V1Pod = {
    spec: {
      imagePullSecrets: [{ name: "registry" }],
      containers: [
        { name: "injected", image: "example.com/sidecar" },
        { name: "longhorn-manager", image },
      ],
    },
  };
  const configOf = (...items: V1Pod[]): KubeConfig => {
    const api = {
      listCustomObjectForAllNamespaces: () => Promise.resolve({ items: [{ metadata: { namespace: "storage" } }] }),
      listNamespacedPod: ({ namespace, fieldSelector }: { namespace: string; fieldSelector: string }) =>
        Promise.resolve({ items: namespace === "storage" && fieldSelector === "spec.nodeName=node-1" ? items : [] }),
    };
    return { makeApiClient: () => api } as unknown as KubeConfig;
  };
  const told: string[] = [];
  const tell = (text: string): void => void told.push(text);

  it("is the one that the operator names, which is told", async () => {
    const confirm = (): Promise<boolean> => assert.fail("asked");
    const named = await confirmedDrillPod(configOf(manager), "node-1", { drillImage: "busybox:1.37", confirm, tell });
    assert.deepEqual(named, { namespace: "storage", image: "busybox:1.37" });
    assert.deepEqual(told, ["the drill's privileged pod in storage runs busybox:1.37"]);
  });

  it("is else the one that Longhorn's manager runs on the node, once the operator has confirmed it", async () => {
    const asked: string[] = [];
    const confirm = (question: string): Promise<boolean> => Promise.resolve(asked.push(question) === 1);
    const source = { namespace: "storage", image, imagePullSecrets: ["registry"] };
    assert.deepEqual(await confirmedDrillPod(configOf(manager), "node-1", { confirm, tell }), source);
    assert.deepEqual(asked, [imageQuestion("node-1", source)]);
    assert.match(
      asked[0] ?? "",
      /^Run longhornio\/longhorn-manager:v1\.12\.1, the image of .+ privileged pod in storage\?$/,
    );
    await assert.rejects(
      confirmedDrillPod(configOf(manager), "node-1", { confirm, tell }),
      refusal(`Image ${image} was not confirmed. Nothing was changed.`),
    );
  });

  it("is refused without a terminal or a manager, with the option that names it", async () => {
    await assert.rejects(
      confirmedDrillPod(configOf(manager), "node-1", { tell }),
      refusal(
        "The privileged pod that fails the node needs a confirmed image with sh and nsenter. Longhorn's manager on node-1 runs " +
          `${image}: confirm one with --drill-image ${image}. Nothing was changed.`,
      ),
    );
    await assert.rejects(
      confirmedDrillPod(configOf(), "node-1", { tell }),
      refusal(
        "The privileged pod that fails the node needs a confirmed image with sh and nsenter. Node node-1 runs no longhorn-manager " +
          "whose image could be used: confirm one with --drill-image IMAGE. Nothing was changed.",
      ),
    );
  });

  it("is no other container's", () => {
    assert.equal(managerSource("storage", [{ spec: { containers: [{ name: "s3gw", image: "evil" }] } }]), undefined);
  });
});
