import { CoreV1Api, StorageV1Api, type KubeConfig, type V1Node } from "@kubernetes/client-node";
import { changeNode } from "../../cluster/optimistic-patch";
import { ExitCode, throwIfInterrupted, ToolError } from "../../errors";
import { during, type Progress } from "../../terminal/progress";
import { outOfServiceTaint } from "../../../components/taints";
import { fenceAnnotation, fenceMarkOf, isOutOfService } from "./mark";
import { refuse, refuseUnknownNode } from "./refusals";
import { isReady } from "../../cluster/kubernetes";
import { scaleBack, scaledToZero } from "../scale/scale-to-zero";
import { readSilence } from "./silence";
import { unfenceRefusals } from "./unfence-refusals";

export interface UnfenceOptions {
  node: string;
  /**
   * Asked once, where there is anything to take back and nothing speaks against it.
   * @default everybody agrees
   */
  agree?: () => Promise<boolean>;
  progress: Progress;
  signal: AbortSignal;
}

/** What taking a fence back came to; the version rises when a field is taken away or changes its meaning. */
export interface UnfenceReport {
  unfenceVersion: 1;
  node: string;
  /** Whether there was anything to take back. */
  changed: boolean;
}

/**
 * Takes back what `fenceNode` has set on a node, when it is back and nothing of before is left on it. Can be run again.
 *
 * @throws ToolError where something speaks against it, or nobody agrees; nothing was changed then
 */
export async function unfenceNode(config: KubeConfig, options: UnfenceOptions): Promise<UnfenceReport> {
  const { node, agree, progress, signal } = options;
  const isFenced = await during(progress, `Look at ${node}`, () => lookAt(config, node));
  throwIfInterrupted(signal);
  if (isFenced && agree !== undefined && !(await agree())) {
    throw new ToolError(`Node ${node} stays out of service: nothing was changed.`, ExitCode.Refused);
  }
  await during(progress, "Scale back what a fence that was killed has left at zero", () =>
    scaleBackStores(config, node),
  );
  const changed = await during(progress, `Take ${node} back into service`, () => takeBack(config, node));
  return { unfenceVersion: 1, node, changed };
}

/** @returns whether there is anything to take back */
async function lookAt(config: KubeConfig, name: string): Promise<boolean> {
  const core = config.makeApiClient(CoreV1Api);
  const silence = await readSilence(config, name);
  if (silence === undefined) {
    const { items } = await core.listNode();
    refuseUnknownNode(
      name,
      items.map(({ metadata }) => metadata?.name ?? ""),
    );
  }
  const [pods, attachments] = await Promise.all([
    core.listPodForAllNamespaces({ fieldSelector: `spec.nodeName=${name}` }),
    config.makeApiClient(StorageV1Api).listVolumeAttachment(),
  ]);
  const seen = { node: silence.node, pods: pods.items, attachments: attachments.items };
  refuse(`Node ${name} stays out of service`, unfenceRefusals(seen));
  return isMarked(silence.node);
}

async function scaleBackStores(config: KubeConfig, name: string): Promise<void> {
  const mark = fenceMarkOf(await config.makeApiClient(CoreV1Api).readNode({ name }));
  const left = (await scaledToZero(config)).filter(({ namespace, name: store }) =>
    mark?.stores.includes(`${namespace}/${store}`),
  );
  await Promise.all(left.map((gateway) => scaleBack(config, gateway)));
}

function takeBack(config: KubeConfig, name: string): Promise<boolean> {
  return changeNode(config.makeApiClient(CoreV1Api), name, (node) => {
    if (!isMarked(node)) return undefined;
    if (isOutOfService(node) && !isReady(node)) refuseReturned(node);
    return {
      annotations: { [fenceAnnotation]: null },
      ...(isOutOfService(node) && { taints: node.spec?.taints?.filter(({ key }) => key !== outOfServiceTaint.key) }),
    };
  });
}

const isMarked = ({ metadata }: V1Node): boolean => metadata?.annotations?.[fenceAnnotation] !== undefined;

function refuseReturned({ metadata }: V1Node): void {
  refuse(`Node ${metadata?.name ?? ""} stays out of service`, ["The node has become not Ready in this moment."]);
}
