import { CoreV1Api } from "@kubernetes/client-node";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Sandbox } from "../../../sandbox";
import type { Fault, FaultSubject } from "./fault";
import { drillPod, drillPodName, drillPodNamespace } from "./drill-pod";

const run = promisify(execFile);

/** On a sandbox: the kubelet and all processes of its containers are killed. */
export const sandboxPowerOff: Fault = {
  method: {
    name: "sandbox-power-off",
    does: "sends SIGKILL to the node's kubelet and to every process of its containers, at the same moment",
    simulates: "a loss of power, a kernel panic",
    doesNotSimulate:
      "a node that is only slow, one that is only cut off, and disks that lose what they had not written",
  },
  undo: ({ serving }) => [{ undo: "start-node", node: serving.node }],
  make: (subject) => sandboxOf(subject).killNode(subject.serving.node),
};

/** On a sandbox: the kubelet is stopped, and what the containers write is on this node alone. */
export const sandboxCutOff: Fault = {
  method: {
    name: "sandbox-cut-off",
    does: "stops the node's kubelet; the gateway goes on, and what it writes from then on is on this node alone",
    simulates: "a node that is cut off from the control plane and from the other replicas, with clients on its side",
    doesNotSimulate: "a partition in which clients or other replicas are on neither side alone",
  },
  undo: ({ serving }) => [{ undo: "rejoin-node", node: serving.node }],
  make: (subject) => sandboxOf(subject).cutOffNode(subject.serving.node),
};

/** A command of the operator's own, such as one that talks to a management board. It runs without a shell. */
export function commandMethod(argv: readonly string[], name = "command"): Fault {
  return {
    method: {
      name,
      does: `runs ${JSON.stringify(argv)} with {node} replaced by the node's name, on this machine`,
      simulates: "what that command does to the node",
      doesNotSimulate: "whatever else makes nodes fail",
    },
    undo: ({ serving }) => [{ undo: "await-node", node: serving.node }],
    async make({ serving, signal }) {
      const [program = "", ...args] = argv.map((part) => part.replaceAll("{node}", serving.node));
      await run(program, args, { signal });
      return new Date();
    },
  };
}

/** The kernel switches the machine off. */
export const sysrqPowerOff: Fault = {
  method: {
    name: "sysrq",
    does: "has a privileged pod on the node write o to /proc/sysrq-trigger, which switches the machine off at once",
    simulates: "a loss of power: nothing is unmounted or written",
    doesNotSimulate: "a node that is only cut off. Somebody has to switch the machine on again",
  },
  undo: subjectsPod,
  make: (subject) => makeByPod(subject, ["/bin/sh", "-c", "echo o > /proc/sysrq-trigger"]),
};

/** How long a kubelet is stopped before the node starts it again by itself. */
export const kubeletStoppedSeconds = 600;

/** The kubelet falls silent while containers and disks go on: to Kubernetes the node is gone, to its clients it is not. */
export const kubeletStopped: Fault = {
  method: {
    name: "kubelet-stop",
    does: `has a privileged pod stop the node's kubelet; systemd starts it again after ${kubeletStoppedSeconds} s`,
    simulates: "a node that Kubernetes takes for dead while its gateway goes on writing",
    doesNotSimulate: "a loss of power, and a network that is cut: the gateway still reaches the other replicas",
  },
  undo: subjectsPod,
  make: (subject) =>
    makeByPod(subject, [
      ...["nsenter", "--target", "1", "--mount", "--uts", "--ipc", "--net", "--pid", "--", "/bin/sh", "-c"],
      `systemd-run --on-active=${kubeletStoppedSeconds} systemctl start kubelet && systemctl stop kubelet`,
    ]),
};

function subjectsPod({ serving }: FaultSubject): ReturnType<Fault["undo"]> {
  const { node } = serving;
  return [
    { undo: "delete-pod", namespace: drillPodNamespace, name: drillPodName(node) },
    { undo: "await-node", node },
  ];
}

/** The gateway's own image is used: it is on the node, and has a shell. */
async function makeByPod({ config, store, serving }: FaultSubject, command: readonly string[]): Promise<Date> {
  const core = config.makeApiClient(CoreV1Api);
  const { spec } = await core.readNamespacedPod({ namespace: store.namespace, name: serving.podName });
  const image = spec?.containers[0]?.image ?? "";
  const at = new Date();
  await core.createNamespacedPod({ namespace: drillPodNamespace, body: drillPod(serving.node, image, command) });
  return at;
}

function sandboxOf({ sandbox }: FaultSubject): Sandbox {
  if (sandbox === undefined) throw new Error("there is no sandbox whose node could fail");
  return sandbox;
}
