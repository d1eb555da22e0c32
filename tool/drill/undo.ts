import { ApiException, CoreV1Api, type KubeConfig } from "@kubernetes/client-node";
import type { Sandbox } from "../../sandbox";
import { changeNode } from "../cluster/change-node";
import { fenceAnnotation, outOfServiceTaint } from "../fence/mark";
import { isReady } from "../fence/silence";
import { uncordon } from "../move/cordon";

/** What puts back something that a drill changes; it is written down in the cluster before the change is made. */
export type UndoStep =
  | { undo: "uncordon"; node: string }
  | { undo: "unfence"; node: string }
  | { undo: "delete-pod"; namespace: string; name: string }
  | { undo: "start-node"; node: string }
  | { undo: "rejoin-node"; node: string }
  | { undo: "await-node"; node: string }
  | { undo: "remove-bucket"; bucket: string; url: string };

/** What the steps need. */
export interface UndoTools {
  config: KubeConfig;
  /** The sandbox whose nodes were switched off; absent on a cluster that is none. */
  sandbox?: Pick<Sandbox, "startNode" | "rejoinNode" | "status">;
  removeBucket(bucket: string, url: string): Promise<void>;
}

/** The step as a sentence without a subject, for a person. */
export function undoText(step: UndoStep): string {
  switch (step.undo) {
    case "uncordon":
      return `kubectl uncordon ${step.node}`;
    case "unfence":
      return `kubectl taint node ${step.node} ${outOfServiceTaint.key}-`;
    case "delete-pod":
      return `kubectl delete pod -n ${step.namespace} ${step.name}`;
    case "start-node":
      return `start node ${step.node}`;
    case "rejoin-node":
      return `connect node ${step.node} again`;
    case "await-node":
      return `switch node ${step.node} on, and wait until it is ready`;
    case "remove-bucket":
      return `remove bucket ${step.bucket}`;
  }
}

/** Does a step. One that has been done, or whose object is gone, does nothing. */
export async function undo(step: UndoStep, tools: UndoTools): Promise<void> {
  const { config, sandbox } = tools;
  const core = config.makeApiClient(CoreV1Api);
  switch (step.undo) {
    case "uncordon":
      await uncordon(core, step.node);
      return;
    case "unfence":
      await changeNode(core, step.node, ({ spec }) => ({
        annotations: { [fenceAnnotation]: null },
        taints: (spec?.taints ?? []).filter(({ key }) => key !== outOfServiceTaint.key),
      }));
      return;
    case "delete-pod":
      try {
        await core.deleteNamespacedPod({ namespace: step.namespace, name: step.name, gracePeriodSeconds: 0 });
      } catch (error) {
        if (!(error instanceof ApiException && error.code === 404)) throw error;
      }
      return;
    case "start-node":
      if ((await stateOf(step.node, sandbox)) === "exited") await sandbox?.startNode(step.node);
      return;
    case "rejoin-node":
      if ((await stateOf(step.node, sandbox)) === "stopped") await sandbox?.rejoinNode(step.node);
      return;
    case "await-node":
      if (!isReady(await core.readNode({ name: step.node }))) throw new Error("it is not ready");
      return;
    case "remove-bucket":
      return tools.removeBucket(step.bucket, step.url);
  }
}

async function stateOf(node: string, sandbox: UndoTools["sandbox"]): Promise<string | undefined> {
  if (sandbox === undefined) throw new Error(`node ${node} is one of a sandbox: run it with --directory`);
  return (await sandbox.status()).processes.find(({ name }) => name === node)?.state;
}
