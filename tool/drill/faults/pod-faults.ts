import { CoreV1Api, Exec, type KubeConfig, type V1Status } from "@kubernetes/client-node";
import { PassThrough } from "node:stream";
import { cordon } from "../../move/cordon";
import type { Fault, FaultSubject } from "./fault";

/** On a sandbox: SIGKILL. */
export const processKilled: Fault = {
  method: {
    name: "process-killed",
    does: "sends SIGKILL to the gateway's process",
    simulates: "a crash, or the kernel that ends the process for want of memory",
    doesNotSimulate: "a process that hangs, and a container runtime that fails with it",
  },
  undo: () => [],
  make: ({ sandbox, serving }) => {
    if (sandbox === undefined) throw new Error("there is no sandbox to kill a process of");
    return sandbox.killPod(serving.podUid);
  },
};

/** On any cluster whose runtime can execute something in a container. */
export const processEnded: Fault = {
  method: {
    name: "process-ended",
    does: "sends SIGTERM to the gateway's process, from within its container",
    simulates: "a process that ends by itself, after it has closed its database",
    doesNotSimulate: "a crash: no signal from within a container kills its first process at once",
  },
  undo: () => [],
  async make({ config, store, serving }) {
    const at = new Date();
    await execute(config, store.namespace, serving.podName, ["kill", "-TERM", "1"]);
    return at;
  },
};

/** The pod is deleted; its Deployment makes another one. */
export const podDeleted: Fault = {
  method: {
    name: "pod-deleted",
    does: "deletes the gateway's pod",
    simulates: "an eviction, or somebody who deletes the pod",
    doesNotSimulate: "a process that has no time to close its database",
  },
  undo: () => [],
  make: deletePod,
};

/** As before a maintenance: no new pods on the node, and the gateway has to leave it. */
export const cordonedAndDeleted: Fault = {
  method: {
    name: "cordon-and-delete",
    does: "cordons the gateway's node and deletes the pod with its grace period",
    simulates: "kubectl drain of the node, as far as the gateway is concerned",
    doesNotSimulate: "the other pods of the node, which move at the same time",
  },
  undo: ({ serving, store }) => [{ undo: "uncordon", node: serving.node, store: `${store.namespace}/${store.name}` }],
  async make(subject) {
    const core = subject.config.makeApiClient(CoreV1Api);
    const { namespace, name } = subject.store;
    await cordon(core, subject.serving.node, { at: new Date().toISOString(), store: `${namespace}/${name}` });
    return deletePod(subject);
  },
};

async function deletePod({ config, store, serving }: FaultSubject): Promise<Date> {
  const at = new Date();
  await config.makeApiClient(CoreV1Api).deleteNamespacedPod({ namespace: store.namespace, name: serving.podName });
  return at;
}

/** Runs a command in the gateway's container, and fails as it fails. */
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
