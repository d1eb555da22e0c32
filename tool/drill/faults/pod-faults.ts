import { CoreV1Api, Exec, type KubeConfig, type V1Status } from "@kubernetes/client-node";
import { PassThrough } from "node:stream";
import { cordon } from "../../cluster/cordon";
import { scaleBackWhenDetached, scaleToZero } from "../../features/scale/scale-to-zero";
import type { StoreInCluster } from "../../cluster/store/store-in-cluster";
import type { UndoStep } from "../undo";
import type { Fault, FaultSubject } from "./fault";

/** On a sandbox: sends SIGKILL. */
export const processKilled: Fault = {
  method: {
    name: "process-killed",
    does: "sends SIGKILL to the gateway's process",
    simulates: "a crash, or an out-of-memory kill",
    doesNotSimulate: "a process that hangs, and a failure of the container runtime",
  },
  undo: () => [],
  make: ({ sandbox, serving }) => {
    if (sandbox === undefined) throw new Error("there is no sandbox whose process could be killed");
    return sandbox.killPod(serving.podUid);
  },
};

/** On any cluster whose runtime supports exec. */
export const processEnded: Fault = {
  method: {
    name: "process-ended",
    does: "sends SIGTERM to the gateway's process, from within its container",
    simulates: "a process that exits by itself after closing its database",
    doesNotSimulate: "a crash: no signal from within a container kills its first process at once",
  },
  undo: () => [],
  async make({ config, store, serving }) {
    const at = new Date();
    await execute(config, store.namespace, serving.podName, ["kill", "-TERM", "1"]);
    return at;
  },
};

/** Deletes the pod, which its Deployment replaces. */
export const podDeleted: Fault = {
  method: {
    name: "pod-deleted",
    does: "deletes the gateway's pod",
    simulates: "an eviction, or a manual deletion of the pod",
    doesNotSimulate: "a process without time to close its database",
  },
  undo: () => [],
  make: deletePod,
};

/** Moves the store as `longhorn-s3 move` does. */
export const movedAway: Fault = {
  method: {
    name: "move",
    does: "cordons the gateway's node, scales its Deployment to zero, and up again when the volume is detached",
    simulates: "longhorn-s3 move, before maintenance",
    doesNotSimulate:
      "kubectl drain, after which a new pod requests the volume while it is still attached to the old node",
  },
  undo: ({ serving, store }) => [
    uncordonStep({ serving, store }),
    { undo: "scale-back", namespace: store.namespace, name: store.deploymentName },
  ],
  async make(subject) {
    await cordonNode(subject);
    const at = new Date();
    await scaleToZero(subject.config, subject.store);
    return at;
  },
  carryOn: ({ config, store, signal }) =>
    scaleBackWhenDetached(config, store, store.volume, { deadline: Infinity, signal }),
};

/** Cordons the node and deletes the pod, as before maintenance. */
export const cordonedAndDeleted: Fault = {
  method: {
    name: "cordon-and-delete",
    does: "cordons the gateway's node and deletes the pod with its grace period",
    simulates: "kubectl drain of the node, for the gateway",
    doesNotSimulate: "the other pods of the node, which are evicted at the same time",
  },
  undo: (subject) => [uncordonStep(subject)],
  async make(subject) {
    await cordonNode(subject);
    return deletePod(subject);
  },
};

const keyOf = ({ namespace, name }: StoreInCluster): string => `${namespace}/${name}`;

export function uncordonStep({ serving, store }: Pick<FaultSubject, "serving" | "store">): UndoStep {
  return { undo: "uncordon", node: serving.node, store: keyOf(store) };
}

export async function cordonNode({ config, serving, store }: FaultSubject): Promise<void> {
  const mark = { at: new Date().toISOString(), store: keyOf(store) };
  await cordon(config.makeApiClient(CoreV1Api), serving.node, mark);
}

async function deletePod({ config, store, serving }: FaultSubject): Promise<Date> {
  const at = new Date();
  await config.makeApiClient(CoreV1Api).deleteNamespacedPod({ namespace: store.namespace, name: serving.podName });
  return at;
}

/** Runs a command in the gateway's container. Rejects if the command fails. */
function execute(config: KubeConfig, namespace: string, pod: string, command: string[]): Promise<void> {
  const output = new PassThrough().resume();
  return new Promise((resolve, reject) => {
    const ended = ({ status, message }: V1Status): void => {
      if (status === "Failure")
        reject(new Error(`${command.join(" ")} in pod ${namespace}/${pod}: ${message ?? "failed"}`));
      else resolve();
    };
    new Exec(config).exec(namespace, pod, "s3gw", command, output, output, null, false, ended).catch(reject);
  });
}
