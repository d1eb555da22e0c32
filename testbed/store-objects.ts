import { AppsV1Api, CoreV1Api, CustomObjectsApi, StorageV1Api } from "@kubernetes/client-node";
import type { StoreOutputs } from "../components/stack-reference/contract";
import { kubeConfigOf } from "../tool/cluster/connection";

/** The UIDs of a store's objects: one that was replaced has another. */
export type Uids = Record<
  "namespace" | "deployment" | "service" | "claim" | "volume" | "secret" | "storageClass",
  string | undefined
>;

/** Reads the objects of stores from the cluster at each call. */
export class StoreObjects {
  readonly core: CoreV1Api;
  readonly apps: AppsV1Api;
  readonly custom: CustomObjectsApi;
  private readonly storage: StorageV1Api;

  constructor(kubeconfig: string) {
    const config = kubeConfigOf({ kubeconfig });
    this.core = config.makeApiClient(CoreV1Api);
    this.apps = config.makeApiClient(AppsV1Api);
    this.custom = config.makeApiClient(CustomObjectsApi);
    this.storage = config.makeApiClient(StorageV1Api);
  }

  async uids(store: StoreOutputs): Promise<Uids> {
    const { namespace } = store;
    const claim = await this.claim(store);
    const [ns, deployment, service, volume, secret, storageClass] = await Promise.all([
      this.core.readNamespace({ name: namespace }),
      this.apps.readNamespacedDeployment({ namespace, name: store.deploymentName }),
      this.core.readNamespacedService({ namespace, name: store.serviceName }),
      this.core.readPersistentVolume({ name: claim.spec?.volumeName ?? "" }),
      this.core.readNamespacedSecret({ namespace, name: store.credentialsSecretName }),
      this.storage.readStorageClass({ name: store.storageClassName }),
    ]);
    const uid = ({ metadata }: { metadata?: { uid?: string } }): string | undefined => metadata?.uid;
    return {
      namespace: uid(ns),
      deployment: uid(deployment),
      service: uid(service),
      claim: uid(claim),
      volume: uid(volume),
      secret: uid(secret),
      storageClass: uid(storageClass),
    };
  }

  claim({ namespace, persistentVolumeClaimName: name }: StoreOutputs) {
    return this.core.readNamespacedPersistentVolumeClaim({ namespace, name });
  }

  async volumeName(store: StoreOutputs): Promise<string> {
    const name = (await this.claim(store)).spec?.volumeName;
    if (name === undefined) throw new Error(`the claim of ${store.serviceName} is not bound`);
    return name;
  }

  /** Returns the image of the Deployment. */
  async image({ namespace, deploymentName: name }: StoreOutputs): Promise<string | undefined> {
    return (await this.apps.readNamespacedDeployment({ namespace, name })).spec?.template.spec?.containers[0]?.image;
  }

  /** Returns an object of Longhorn. */
  async longhornObject<T>(plural: string, name: string): Promise<T> {
    const object: unknown = await this.custom.getNamespacedCustomObject({
      ...{ group: "longhorn.io", version: "v1beta2", namespace: "longhorn-system" },
      ...{ plural, name },
    });
    return object as T;
  }

  /** Returns Longhorn's objects of a kind that belong to a volume. */
  async longhornObjectsOf<T>(plural: string, volume: string): Promise<T[]> {
    const list: unknown = await this.custom.listNamespacedCustomObject({
      ...{ group: "longhorn.io", version: "v1beta2", namespace: "longhorn-system" },
      ...{ plural, labelSelector: `longhornvolume=${volume}` },
    });
    return (list as { items: T[] }).items;
  }

  /** Returns the parameters of a StorageClass. */
  async classParameters(name: string): Promise<Record<string, string>> {
    return (await this.storage.readStorageClass({ name })).parameters ?? {};
  }
}
