import {
  AppsV1Api,
  CoreV1Api,
  CustomObjectsApi,
  DiscoveryV1Api,
  KubeConfig,
  makeInformer,
  StorageV1Api,
  type Informer,
  type KubernetesListObject,
  type KubernetesObject,
} from "@kubernetes/client-node";
import { longhornObjects } from "../longhorn";
import {
  observeEndpointSlice,
  observeLonghornVolume,
  observeNode,
  observePod,
  observeVolumeAttachment,
  readyEndpoints,
  type LonghornVolume,
  type ReadyEndpoint,
} from "./observe";
import type { Observation } from "./stages";

/** Objects of one store, by name. */
export interface StoreObjects {
  namespace: string;
  serviceName: string;
  deploymentName: string;
  persistentVolumeClaimName: string;
}

/** Watched failover. */
export interface FailoverWatch {
  /** All observations since the watches were opened, in chronological order. */
  readonly observations: readonly Observation[];
  stop(): Promise<void>;
}

const restartAfterMs = 500;

function fromFile(path: string): KubeConfig {
  const config = new KubeConfig();
  config.loadFromFile(path);
  return config;
}

/** Reads and watches the objects of the timeline, through the current context of a kubeconfig. */
export class ClusterView {
  private readonly config: KubeConfig;
  private readonly core: CoreV1Api;
  private readonly storage: StorageV1Api;
  private readonly discovery: DiscoveryV1Api;
  private readonly apps: AppsV1Api;
  private readonly custom: CustomObjectsApi;

  /** @param kubeconfig path of a file, or the loaded kubeconfig */
  constructor(kubeconfig: string | KubeConfig) {
    this.config = typeof kubeconfig === "string" ? fromFile(kubeconfig) : kubeconfig;
    this.core = this.config.makeApiClient(CoreV1Api);
    this.storage = this.config.makeApiClient(StorageV1Api);
    this.discovery = this.config.makeApiClient(DiscoveryV1Api);
    this.apps = this.config.makeApiClient(AppsV1Api);
    this.custom = this.config.makeApiClient(CustomObjectsApi);
  }

  /** URL of the API server. */
  get server(): string {
    return this.config.getCurrentCluster()?.server ?? "";
  }

  /** Returns the pods that the store's Service routes to. */
  async endpointsOf({ namespace, serviceName }: StoreObjects): Promise<ReadyEndpoint[]> {
    const labelSelector = `kubernetes.io/service-name=${serviceName}`;
    return readyEndpoints((await this.discovery.listNamespacedEndpointSlice({ namespace, labelSelector })).items);
  }

  /** Returns the PersistentVolume of the store's claim; undefined while it is unbound. */
  async volumeOf({ namespace, persistentVolumeClaimName }: StoreObjects): Promise<string | undefined> {
    const claim = await this.core.readNamespacedPersistentVolumeClaim({ namespace, name: persistentVolumeClaimName });
    return claim.spec?.volumeName;
  }

  /** Opens the watches, and returns when each has listed the existing objects. */
  async watchFailover(store: StoreObjects): Promise<FailoverWatch> {
    const { namespace, serviceName, deploymentName } = store;
    const deployment = await this.apps.readNamespacedDeployment({ namespace, name: deploymentName });
    const podSelector = Object.entries(deployment.spec?.selector.matchLabels ?? {})
      .map(([label, value]) => `${label}=${value}`)
      .join(",");
    const volumes = { ...(await longhornObjects(this.config)), plural: "volumes" };
    const sliceSelector = `kubernetes.io/service-name=${serviceName}`;
    const observations: Observation[] = [];
    const stops = await Promise.all([
      this.watch(
        "/api/v1/nodes",
        () => this.core.listNode(),
        (node) => observations.push(observeNode(node, Date.now())),
      ),
      this.watch(
        `/api/v1/namespaces/${namespace}/pods`,
        () => this.core.listNamespacedPod({ namespace, labelSelector: podSelector }),
        (pod, gone) => observations.push(observePod(pod, gone, Date.now())),
        podSelector,
      ),
      this.watch(
        "/apis/storage.k8s.io/v1/volumeattachments",
        () => this.storage.listVolumeAttachment(),
        (attachment, gone) => observations.push(observeVolumeAttachment(attachment, gone, Date.now())),
      ),
      this.watch(
        `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`,
        () => this.discovery.listNamespacedEndpointSlice({ namespace, labelSelector: sliceSelector }),
        (slice, gone) => gone || observations.push(observeEndpointSlice(slice, Date.now())),
        sliceSelector,
      ),
      this.watch(
        `/apis/${volumes.group}/${volumes.version}/namespaces/${volumes.namespace}/${volumes.plural}`,
        () =>
          this.custom.listNamespacedCustomObject(volumes) as Promise<
            KubernetesListObject<LonghornVolume & KubernetesObject>
          >,
        (volume) => observations.push(observeLonghornVolume(volume, Date.now())),
      ),
    ]);
    return {
      observations,
      async stop() {
        await Promise.all(stops.map((stop) => stop()));
      },
    };
  }

  private async watch<T extends KubernetesObject>(
    path: string,
    list: () => Promise<KubernetesListObject<T>>,
    seen: (object: T, gone: boolean) => void,
    labelSelector?: string,
  ): Promise<() => Promise<void>> {
    const informer: Informer<T> = makeInformer(this.config, path, list, labelSelector);
    let restart: NodeJS.Timeout | undefined;
    let stopped = false;
    informer.on("add", (object) => seen(object, false));
    informer.on("update", (object) => seen(object, false));
    informer.on("delete", (object) => seen(object, true));
    // The watch ended (the API server closes each after some minutes): list again, then go on.
    informer.on("error", () => {
      if (!stopped) restart = setTimeout(() => void informer.start().catch(() => undefined), restartAfterMs);
    });
    await informer.start();
    return async () => {
      stopped = true;
      clearTimeout(restart);
      await informer.stop();
    };
  }
}
