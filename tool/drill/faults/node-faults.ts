import { CoreV1Api, type V1Pod } from "@kubernetes/client-node";
import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { Sandbox } from "../../../sandbox";
import { isReady } from "../../cluster/kubernetes";
import type { Fault, FaultSubject } from "./fault";
import type { UndoStep } from "../undo";
import { longhornNamespace } from "../../../components/longhorn";

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

/**
 * A command of the operator's own, such as one that talks to a management board. It runs without a shell, and nothing shows its
 * arguments, among which may be a password.
 */
export function commandMethod([program = "", ...args]: readonly string[]): Fault {
  return {
    method: {
      name: "command",
      does: `runs ${program} with arguments of the operator's own on this machine`,
      simulates: "what that command does to the node",
      doesNotSimulate: "whatever else makes nodes fail",
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
        throw new Error(`${program} failed${exit}: the node was not touched, or not as meant`, { cause: error });
      }
      return new Date();
    },
  };
}

function awaitNode(node: string): UndoStep {
  return { undo: "await-node", node, since: new Date().toISOString() };
}

/** Only in the boot for which it was made: a pod that is started again, or late, must not switch the machine off once more. */
const powerOffOnce =
  '[ "$(cat /proc/sys/kernel/random/boot_id)" = "$BOOT_ID" ] && [ "$(date +%s)" -le "$UNTIL" ] && echo o > /proc/sysrq-trigger';

/** The kernel switches the machine off. */
export const sysrqPowerOff: Fault = {
  method: {
    name: "sysrq",
    does: "has a privileged pod on the node write o to /proc/sysrq-trigger, which switches the machine off at once",
    simulates: "a loss of power: nothing is unmounted or written",
    doesNotSimulate: "a node that is only cut off. Somebody has to switch the machine on again",
  },
  undo: subjectsPod,
  make: (subject) => makeByPod(subject, ["/bin/sh", "-c", powerOffOnce]),
};

/** How long a kubelet is stopped before the node starts it again by itself. */
const kubeletStoppedSeconds = 600;

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
      // A timer of systemd may be a minute late otherwise.
      ...["nsenter", "--target", "1", "--mount", "--uts", "--ipc", "--net", "--pid", "--", "/bin/sh", "-c"],
      `systemd-run --on-active=${kubeletStoppedSeconds} --timer-property=AccuracySec=1s systemctl start kubelet && systemctl stop kubelet`,
    ]),
};

function subjectsPod({ serving }: FaultSubject): ReturnType<Fault["undo"]> {
  const { node } = serving;
  return [{ undo: "delete-pod", namespace: drillPodNamespace, name: drillPodName(node) }, awaitNode(node)];
}

/** How long the pod may take to start: later it does nothing. */
const startSeconds = 60;

/** The gateway's own image is used: it is on the node, and has a shell. */
async function makeByPod({ config, store, serving, signal }: FaultSubject, command: readonly string[]): Promise<Date> {
  const core = config.makeApiClient(CoreV1Api);
  const [{ spec }, node] = await Promise.all([
    core.readNamespacedPod({ namespace: store.namespace, name: serving.podName }),
    core.readNode({ name: serving.node }),
  ]);
  const at = new Date();
  const body = drillPod(serving.node, {
    image: spec?.containers[0]?.image ?? "",
    command,
    bootId: node.status?.nodeInfo?.bootID ?? "",
    until: Math.floor(at.getTime() / 1000) + startSeconds,
  });
  await core.createNamespacedPod({ namespace: drillPodNamespace, body });
  await mustNotFail(core, serving.node, signal);
  return at;
}

/** Nobody says that a pod has run which switches its node off; one that cannot start says so. */
async function mustNotFail(core: CoreV1Api, node: string, signal: AbortSignal): Promise<void> {
  for (let left = startSeconds; left > 0; left--) {
    const { status } = await core.readNamespacedPod({ namespace: drillPodNamespace, name: drillPodName(node) });
    const waiting = status?.containerStatuses?.[0]?.state?.waiting?.reason ?? "";
    if (status?.phase === "Failed" || /Err|Invalid/.test(waiting)) {
      throw new Error(`pod ${drillPodNamespace}/${drillPodName(node)} failed: ${status?.reason ?? waiting}`);
    }
    if (status?.phase === "Running" || status?.phase === "Succeeded") return;
    if (!isReady(await core.readNode({ name: node }))) return;
    await sleep(1000, undefined, { signal });
  }
  throw new Error(`pod ${drillPodNamespace}/${drillPodName(node)} did not start within ${startSeconds} s`);
}

function sandboxOf({ sandbox }: FaultSubject): Sandbox {
  if (sandbox === undefined) throw new Error("there is no sandbox whose node could fail");
  return sandbox;
}

/** Longhorn's own pods are privileged, so its namespace takes this one as well. */
const drillPodNamespace = longhornNamespace;

function drillPodName(node: string): string {
  return `longhorn-s3-drill-${node}`;
}

/** What the pod does. */
interface DrillPodWork {
  image: string;
  command: readonly string[];
  /** The node's boot for which it is meant. */
  bootId: string;
  /** Until when it may begin, in seconds since the epoch, by the node's clock. */
  until: number;
}

/** A pod that does something to the node that it runs on, once. It is bound to the node, since no scheduler has to agree. */
export function drillPod(node: string, { image, command, bootId, until }: DrillPodWork): V1Pod {
  const env = [
    { name: "BOOT_ID", value: bootId },
    { name: "UNTIL", value: String(until) },
  ];
  return {
    metadata: { name: drillPodName(node), labels: { "app.kubernetes.io/managed-by": "longhorn-s3" } },
    spec: {
      nodeName: node,
      hostPID: true,
      restartPolicy: "Never",
      automountServiceAccountToken: false,
      tolerations: [{ operator: "Exists" }],
      containers: [{ name: "drill", image, command: [...command], env, securityContext: { privileged: true } }],
    },
  };
}
