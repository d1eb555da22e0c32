import type { KubeConfig } from "@kubernetes/client-node";
import { computeTimeline, secondsAfterFault, stageMeanings, type StageName } from "../../cluster/failover-watch/stages";
import type { ReadyEndpoint } from "../../cluster/failover-watch/observe";
import { ClusterView, type FailoverWatch } from "../../cluster/failover-watch/watches";

/** Store that leaves a node. */
export interface LeavingStore {
  namespace: string;
  /** Name of its Service and its Deployment. */
  name: string;
  /** Its pod on that node; undefined if it was already deleted. */
  podUid?: string;
  /** Its PersistentVolume; undefined if unknown. */
  volume?: string;
}

/** Stage of the move, in seconds from its start. */
export interface MoveStage {
  stage: StageName;
  meaning: string;
  seconds: number;
}

/** Meanings of stages that an operator causes deliberately. */
const ownMeanings: Partial<Record<StageName, string>> = {
  evicted: "old pod marked for deletion",
  attachmentDeleted: "attachment to the old node deleted",
};

/** Watches a store until it is ready on another node. */
export class MovingStore {
  private constructor(
    readonly store: LeavingStore,
    private readonly view: ClusterView,
    private readonly watch: FailoverWatch | undefined,
  ) {}

  /** Opens the watches before any change. A store whose Deployment cannot be read is watched without its stages. */
  static async open(config: KubeConfig, store: LeavingStore): Promise<MovingStore> {
    const view = new ClusterView(config);
    const { namespace, name } = store;
    const objects = { namespace, serviceName: name, deploymentName: name, persistentVolumeClaimName: name };
    return new MovingStore(store, view, await view.watchFailover(objects).catch(() => undefined));
  }

  /** Returns the pod that the Service routes to, once it is not on `node`. */
  async readyElsewhere(node: string): Promise<ReadyEndpoint | undefined> {
    const { namespace, name: serviceName } = this.store;
    const endpoints = await this.view.endpointsOf({
      namespace,
      serviceName,
      deploymentName: serviceName,
      persistentVolumeClaimName: serviceName,
    });
    return endpoints.find((endpoint) => endpoint.node !== node);
  }

  /** Returns the stages since `begunAt`, milliseconds since the epoch, in chronological order. */
  stages(node: string, begunAt: number): MoveStage[] {
    const { podUid, volume } = this.store;
    if (this.watch === undefined || podUid === undefined || volume === undefined) return [];
    const subject = { faultAt: begunAt, node, podUid, volume };
    const { stages } = computeTimeline(this.watch.observations, subject);
    return secondsAfterFault(stages, begunAt)
      .filter(({ stage }) => stage !== "nodeNotReady") // which it was before
      .sort((one, other) => one.seconds - other.seconds)
      .map(({ stage, seconds }) => ({ stage, meaning: ownMeanings[stage] ?? stageMeanings[stage], seconds }));
  }

  async stop(): Promise<void> {
    await this.watch?.stop();
  }
}
