import { CoreV1Api, type KubeConfig, type V1Pod } from "@kubernetes/client-node";
import { readLonghornNamespace } from "../../cluster/longhorn";
import { ExitCode, ToolError } from "../../errors";
import type { DrillPodSource } from "./drill-pod";

/** Inputs of the choice of the privileged pod's image. */
export interface ImageDecision {
  /** Image set by the operator. */
  drillImage?: string;
  /** Asks the operator; undefined without a terminal. */
  confirm?: (question: string) => Promise<boolean>;
  /** Reports the image if no question is asked. */
  tell: (text: string) => void;
}

/**
 * Returns the image of the privileged pod that fails a node: the one set by the operator, or that of Longhorn's manager on the
 * node. It is never the store's image, because anyone who can change the store could then run code as root on the node.
 *
 * @throws ToolError if it is not confirmed
 */
export async function confirmedDrillPod(
  config: KubeConfig,
  node: string,
  { drillImage, confirm, tell }: ImageDecision,
): Promise<DrillPodSource> {
  const namespace = await readLonghornNamespace(config);
  if (drillImage !== undefined) {
    tell(`the drill's privileged pod in ${namespace} runs ${drillImage}`);
    return { namespace, image: drillImage };
  }
  const { items } = await config.makeApiClient(CoreV1Api).listNamespacedPod({
    ...{ namespace, labelSelector: "app=longhorn-manager", fieldSelector: `spec.nodeName=${node}` },
  });
  const source = managerSource(namespace, items);
  if (source === undefined) throw refused(`Node ${node} runs no longhorn-manager whose image could be used`);
  if (confirm === undefined) throw refused(`Longhorn's manager on ${node} runs ${source.image}`, source.image);
  if (await confirm(imageQuestion(node, source))) return source;
  throw new ToolError(`Image ${source.image} was not confirmed. Nothing was changed.`, ExitCode.Refused);
}

/** Returns the question that shows the image that runs as root on the node, and its source. */
export function imageQuestion(node: string, { namespace, image }: DrillPodSource): string {
  return `Run ${image}, the image of Longhorn's manager on ${node}, as a privileged pod in ${namespace}?`;
}

/** Returns the image of Longhorn's manager on a node; undefined if none runs there. */
export function managerSource(namespace: string, pods: readonly V1Pod[]): DrillPodSource | undefined {
  for (const { spec } of pods) {
    const image = spec?.containers.find(({ name }) => name === "longhorn-manager")?.image;
    if (image === undefined) continue;
    const imagePullSecrets = (spec?.imagePullSecrets ?? []).flatMap(({ name }) => name ?? []);
    return { namespace, image, imagePullSecrets };
  }
  return undefined;
}

function refused(reason: string, image = "IMAGE"): ToolError {
  return new ToolError(
    `The privileged pod that fails the node needs a confirmed image with sh and nsenter. ${reason}: confirm one with --drill-image ${image}. ` +
      "Nothing was changed.",
    ExitCode.Refused,
  );
}
