import { setTimeout as sleep } from "node:timers/promises";
import {
  CoreV1Api,
  CustomObjectsApi,
  ApisApi,
  KubernetesObjectApi,
  Watch,
  type KubernetesObject,
  type V1PersistentVolume,
  type V1Pod,
  type V1Secret,
} from "@kubernetes/client-node";
import { kubeConfigOf } from "../tool/cluster/connection";
import { isApiError } from "../tool/cluster/kubernetes";

/** Kinds of a store's objects that can be watched. */
export type ObjectKind = "Namespace" | "Secret" | "PersistentVolumeClaim" | "Service" | "Deployment";

/** A kind of objects that can be listed. */
interface Kind {
  apiVersion: string;
  kind: string;
  namespaced: boolean;
}

/** Kinds whose objects are created and deleted by the control plane. */
const madeByControllers = ["Event", "Endpoints", "EndpointSlice", "Lease", "ControllerRevision", "PodMetrics"];

/** Number of attempts, a second apart, if the API server is busy. */
const busyTries = 30;

/** Objects that Kubernetes creates in every namespace. */
const inEveryNamespace = ["ServiceAccount default", "ConfigMap kube-root-ca.crt"];

/** Path and query of a watch, by kind. */
const watchOf: Readonly<Record<ObjectKind, (namespace: string) => [string, Record<string, string>]>> = {
  Namespace: (namespace) => ["/api/v1/namespaces", { fieldSelector: `metadata.name=${namespace}` }],
  Secret: (namespace) => [`/api/v1/namespaces/${namespace}/secrets`, {}],
  PersistentVolumeClaim: (namespace) => [`/api/v1/namespaces/${namespace}/persistentvolumeclaims`, {}],
  Service: (namespace) => [`/api/v1/namespaces/${namespace}/services`, {}],
  Deployment: (namespace) => [`/apis/apps/v1/namespaces/${namespace}/deployments`, {}],
};

/** Reads objects of any kind from the cluster. */
export class ClusterObjects {
  readonly core: CoreV1Api;
  private readonly apis: ApisApi;
  private readonly custom: CustomObjectsApi;
  private readonly objects: KubernetesObjectApi;
  private readonly watch: Watch;

  constructor(kubeconfig: string) {
    const config = kubeConfigOf({ kubeconfig });
    this.core = config.makeApiClient(CoreV1Api);
    this.apis = config.makeApiClient(ApisApi);
    this.custom = config.makeApiClient(CustomObjectsApi);
    this.objects = KubernetesObjectApi.makeApiClient(config);
    this.watch = new Watch(config);
  }

  /**
   * Returns all objects in a namespace, as `Kind namespace/name`, without owned objects and those that Kubernetes
   * creates.
   */
  async inNamespace(namespace: string): Promise<string[]> {
    const kinds = (await this.kinds()).filter(
      ({ namespaced, kind }) => namespaced && !madeByControllers.includes(kind),
    );
    const found = await Promise.all(
      kinds.map(async ({ apiVersion, kind }) =>
        (await this.list(apiVersion, kind, namespace))
          .filter(({ metadata }) => (metadata?.ownerReferences ?? []).length === 0)
          .map(({ metadata }) => ({ kind, name: metadata?.name ?? "" })),
      ),
    );
    return found
      .flat()
      .filter(({ kind, name }) => !inEveryNamespace.includes(`${kind} ${name}`))
      .map(({ kind, name }) => `${kind} ${namespace}/${name}`)
      .sort();
  }

  /**
   * Returns all objects in the cluster with the labels, as `Kind namespace/name` or `Kind name`, without owned objects.
   */
  async labelled(labelSelector: string): Promise<string[]> {
    const kinds = (await this.kinds()).filter(({ kind }) => !madeByControllers.includes(kind));
    const found = await Promise.all(
      kinds.map(async ({ apiVersion, kind }) =>
        (await this.list(apiVersion, kind, undefined, labelSelector))
          .filter(({ metadata }) => (metadata?.ownerReferences ?? []).length === 0)
          .map(({ metadata }) => `${kind} ${[metadata?.namespace, metadata?.name].filter(Boolean).join("/")}`),
      ),
    );
    return found.flat().sort();
  }

  /** Returns the objects of a kind; empty if the kind is unknown. */
  async list<T extends KubernetesObject>(
    apiVersion: string,
    kind: string,
    namespace?: string,
    labelSelector?: string,
  ): Promise<T[]> {
    const unset = undefined;
    for (let tries = 1; ; tries++) {
      try {
        const answer = await this.objects.list<T>(
          apiVersion,
          kind,
          namespace,
          unset,
          unset,
          unset,
          unset,
          labelSelector,
        );
        return answer.items;
      } catch (error) {
        if (isAbsent(error)) return [];
        if (!isBusy(error) || tries === busyTries) throw error;
        await sleep(1000);
      }
    }
  }

  /** Returns the names of all objects of a cluster-scoped kind. */
  async names(apiVersion: string, kind: string): Promise<string[]> {
    return (await this.list(apiVersion, kind)).map(({ metadata }) => metadata?.name ?? "");
  }

  async delete(apiVersion: string, kind: string, name: string, namespace?: string): Promise<void> {
    await this.objects.delete({ apiVersion, kind, metadata: { name, namespace } }).catch((error: unknown) => {
      if (!isAbsent(error)) throw error;
    });
  }

  async exists(apiVersion: string, kind: string, name: string): Promise<boolean> {
    return this.objects.read({ apiVersion, kind, metadata: { name } }).then(
      () => true,
      (error: unknown) => {
        if (isAbsent(error)) return false;
        throw error;
      },
    );
  }

  /** Returns the Secrets with keys, by name. */
  async secrets(namespace: string): Promise<Record<string, Record<string, string>>> {
    const { items } = await this.core.listNamespacedSecret({ namespace });
    const opaque = items.filter(({ type }) => type === "Opaque");
    return Object.fromEntries(opaque.map(({ metadata, data }: V1Secret) => [metadata?.name ?? "", data ?? {}]));
  }

  async pods(namespace: string): Promise<V1Pod[]> {
    return (await this.core.listNamespacedPod({ namespace })).items;
  }

  /** Returns the volumes whose claim is, or was, in a namespace. */
  async volumesOf(namespace: string): Promise<V1PersistentVolume[]> {
    const { items } = await this.core.listPersistentVolume();
    return items.filter(({ spec }) => spec?.claimRef?.namespace === namespace);
  }

  /** Sets a Longhorn setting, as in its UI. */
  async setLonghornSetting(name: string, value: string): Promise<void> {
    const plural = { group: "longhorn.io", version: "v1beta2", namespace: "longhorn-system", plural: "settings" };
    await this.custom.patchNamespacedCustomObject({
      ...plural,
      name,
      body: [{ op: "replace", path: "/value", value }],
    });
  }

  /**
   * Resolves when an object of a kind is created or deleted: in the namespace, or the namespace itself. Also resolves
   * when the signal is aborted.
   */
  async changed(kind: ObjectKind, namespace: string, change: "ADDED" | "DELETED", signal: AbortSignal): Promise<void> {
    const [path, query] = watchOf[kind](namespace);
    await new Promise<void>((resolve, reject) => {
      signal.addEventListener("abort", () => resolve(), { once: true });
      const seen = (what: string): void => (what === change ? resolve() : undefined);
      const watching = this.watch.watch(path, query, seen, () => resolve());
      void watching.then((request) => signal.addEventListener("abort", () => request.abort(), { once: true }), reject);
    });
  }

  private async kinds(): Promise<Kind[]> {
    const { groups } = await this.apis.getAPIVersions();
    const lists = await Promise.all([
      this.core.getAPIResources(),
      ...groups
        .map(({ name, preferredVersion, versions }) => ({ group: name, version: preferredVersion ?? versions[0] }))
        .map(({ group, version }) => this.custom.getAPIResources({ group, version: version?.version ?? "v1" })),
    ]);
    return lists.flatMap(({ groupVersion, resources }) =>
      resources
        .filter(({ name, verbs }) => verbs.includes("list") && !name.includes("/"))
        .map(({ kind, namespaced }) => ({ apiVersion: groupVersion, kind, namespaced })),
    );
  }
}

/** A restarted API server reports for a while that its storage is (re)initializing. */
function isBusy(error: unknown): boolean {
  return isApiError(error, 429);
}

/** Reports whether the API server responds that the object or kind does not exist. */
function isAbsent(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  if (isApiError(error, 404)) return true;
  return error instanceof Error && error.message.startsWith("Unrecognized API version and kind");
}
