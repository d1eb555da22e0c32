import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Sandbox } from "../../../sandbox";
import { drillPodName, runInDrillPod, type DrillPodSource } from "./drill-pod";
import type { Fault, FaultSubject } from "./fault";
import type { UndoStep } from "../undo";

const run = promisify(execFile);

/** On a sandbox: kills the kubelet and all processes of its containers. */
export const sandboxPowerOff: Fault = {
  method: {
    name: "sandbox-power-off",
    does: "sends SIGKILL to the node's kubelet and to every process of its containers, at the same moment",
    simulates: "a loss of power, a kernel panic",
    doesNotSimulate: "a slow node, an isolated node, and disks that lose unwritten data",
  },
  undo: ({ serving }) => [{ undo: "start-node", node: serving.node }],
  make: (subject) => sandboxOf(subject).killNode(subject.serving.node),
};

/** On a sandbox: stops the kubelet. Writes of the containers reach the replica of this node only. */
export const sandboxCutOff: Fault = {
  method: {
    name: "sandbox-cut-off",
    does: "stops the node's kubelet; the gateway continues, and its later writes are only on this node",
    simulates: "a node that is isolated from the control plane and the other replicas, with clients on its side",
    doesNotSimulate: "a partition in which clients or other replicas are on both sides",
  },
  undo: ({ serving }) => [{ undo: "rejoin-node", node: serving.node }],
  make: (subject) => sandboxOf(subject).cutOffNode(subject.serving.node),
};

/**
 * Returns the method that runs a command of the operator, for example one that calls a BMC. It runs without a shell, and its
 * arguments are never shown, because they may contain a password.
 */
export function commandMethod([program = "", ...args]: readonly string[]): Fault {
  return {
    method: {
      name: "command",
      does: `runs ${program} with arguments of the operator's own on this machine`,
      simulates: "the effect of that command on the node",
      doesNotSimulate: "other causes of a node failure",
    },
    undo: ({ serving }) => [awaitNode(serving.node)],
    async make({ serving, signal }) {
      try {
        await run(
          program,
          args.map((part) => part.replaceAll("{node}", serving.node)),
          { signal },
        );
      } catch (error) {
        const { code } = error as { code?: string | number };
        const exit = code === undefined ? "" : ` (${code})`;
        throw new Error(`${program} failed${exit}: the node was not affected, or not as intended`, { cause: error });
      }
      return new Date();
    },
  };
}

function awaitNode(node: string): UndoStep {
  return { undo: "await-node", node, since: new Date().toISOString() };
}

/** Script that acts only in the boot for which it was made. A restarted or delayed pod must not power off the node again. */
const powerOffOnce =
  '[ "$(cat /proc/sys/kernel/random/boot_id)" = "$BOOT_ID" ] && [ "$(date +%s)" -le "$UNTIL" ] && echo o > /proc/sysrq-trigger';

/** Has the kernel power off the machine. */
export const sysrqPowerOff: Fault = {
  method: {
    name: "sysrq",
    does: "has a privileged pod on the node write o to /proc/sysrq-trigger, which powers the machine off immediately",
    simulates: "a loss of power: nothing is unmounted or written",
    doesNotSimulate: "an isolated node. An operator must power the machine on again",
  },
  usesPrivilegedPod: true,
  undo: subjectsPod,
  make: (subject) => runOnNode(subject, ["/bin/sh", "-c", powerOffOnce]),
};

/** Seconds for which the kubelet is stopped before the node restarts it. */
const kubeletStoppedSeconds = 600;

/** Stops the kubelet while containers and disks continue: the node is unavailable to Kubernetes, but not to its clients. */
export const kubeletStopped: Fault = {
  method: {
    name: "kubelet-stop",
    does: `has a privileged pod stop the node's kubelet; systemd restarts it after ${kubeletStoppedSeconds} s`,
    simulates: "a node that Kubernetes considers failed while its gateway continues to write",
    doesNotSimulate: "a loss of power, and a network partition: the gateway still reaches the other replicas",
  },
  usesPrivilegedPod: true,
  undo: subjectsPod,
  make: (subject) =>
    runOnNode(subject, [
      // A timer of systemd may be a minute late otherwise.
      ...["nsenter", "--target", "1", "--mount", "--uts", "--ipc", "--net", "--pid", "--", "/bin/sh", "-c"],
      `systemd-run --on-active=${kubeletStoppedSeconds} --timer-property=AccuracySec=1s systemctl start kubelet && systemctl stop kubelet`,
    ]),
};

function subjectsPod(subject: FaultSubject): ReturnType<Fault["undo"]> {
  const { node } = subject.serving;
  const { namespace } = sourceOf(subject);
  return [{ undo: "delete-pod", namespace, name: drillPodName(node) }, awaitNode(node)];
}

function runOnNode(subject: FaultSubject, command: readonly string[]): Promise<Date> {
  const { config, serving, signal } = subject;
  return runInDrillPod({ config, node: serving.node, source: sourceOf(subject), signal }, command);
}

function sourceOf({ drillPod: source }: FaultSubject): DrillPodSource {
  if (source === undefined) throw new Error("no image is confirmed for the privileged pod");
  return source;
}

function sandboxOf({ sandbox }: FaultSubject): Sandbox {
  if (sandbox === undefined) throw new Error("there is no sandbox whose node could fail");
  return sandbox;
}
