import {
  AppsV1Api,
  CoreV1Api,
  StorageV1Api,
  type CoreV1Event,
  type KubeConfig,
  type V1PersistentVolumeClaim,
  type V1Pod,
} from "@kubernetes/client-node";
import { isReady } from "../cluster/kubernetes";
import { helmRecords } from "../cluster/helm-records";
import type { ClaimFacts, ClusterFacts, NamespaceFacts, PodFacts, WorkloadFacts } from "../cluster/facts";

/** Reads the objects that explain a fault in the namespaces. Namespaces that do not exist are ignored. */
export async function readCluster(config: KubeConfig, namespaces: readonly string[]): Promise<ClusterFacts> {
  const apis = {
    core: config.makeApiClient(CoreV1Api),
    apps: config.makeApiClient(AppsV1Api),
    storage: config.makeApiClient(StorageV1Api),
  };
  const found = await Promise.all(namespaces.map((namespace) => readNamespace(apis, namespace)));
  return {
    namespaces: found.flatMap((facts) => facts.namespaces),
    pods: found.flatMap((facts) => facts.pods),
    workloads: found.flatMap((facts) => facts.workloads),
    claims: found.flatMap((facts) => facts.claims),
    releases: found.flatMap((facts) => facts.releases),
  };
}

interface Apis {
  core: CoreV1Api;
  apps: AppsV1Api;
  storage: StorageV1Api;
}

async function readNamespace(apis: Apis, namespace: string): Promise<ClusterFacts> {
  const [self, pods, claims, { items: events }, releases] = await Promise.all([
    namespaceFacts(apis.core, namespace),
    apis.core.listNamespacedPod({ namespace }),
    apis.core.listNamespacedPersistentVolumeClaim({ namespace }),
    apis.core.listNamespacedEvent({ namespace }),
    helmRecords(apis.core, namespace),
  ]);
  return {
    namespaces: self,
    pods: pods.items.filter((pod) => !isReadyOrDone(pod)).map(podFacts),
    workloads: await workloadFacts(apis.apps, namespace, events),
    claims: await claimFacts(apis.storage, claims.items, events),
    releases,
  };
}

async function namespaceFacts(core: CoreV1Api, name: string): Promise<NamespaceFacts[]> {
  const { items } = await core.listNamespace({ fieldSelector: `metadata.name=${name}` });
  return items.map(({ status }) => ({
    name,
    terminating: status?.phase === "Terminating",
    remaining: (status?.conditions ?? [])
      .filter((condition) => condition.status === "True")
      .map(({ message = "" }) => message),
  }));
}

function isReadyOrDone(pod: V1Pod): boolean {
  return pod.status?.phase === "Succeeded" || isReady(pod);
}

function podFacts({ metadata, status }: V1Pod): PodFacts {
  const scheduled = status?.conditions?.find(({ type }) => type === "PodScheduled");
  const containers = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  return {
    namespace: metadata?.namespace ?? "",
    name: metadata?.name ?? "",
    unscheduled: scheduled?.status === "False" ? scheduled.message : undefined,
    waiting: containers.flatMap(({ image, state }) =>
      state?.waiting ? [{ image, reason: state.waiting.reason ?? "", message: state.waiting.message ?? "" }] : [],
    ),
  };
}

/** Reads why a workload has too few pods: from the Deployment's own conditions, or from events of a DaemonSet. */
async function workloadFacts(
  apps: AppsV1Api,
  namespace: string,
  events: readonly CoreV1Event[],
): Promise<WorkloadFacts[]> {
  const [deployments, daemonSets] = await Promise.all([
    apps.listNamespacedDeployment({ namespace }),
    apps.listNamespacedDaemonSet({ namespace }),
  ]);
  return [
    ...deployments.items.flatMap(({ metadata, status }) => {
      const failure = status?.conditions?.find(({ type, status: is }) => type === "ReplicaFailure" && is === "True");
      const { name = "" } = metadata ?? {};
      return failure ? [{ kind: "Deployment", namespace, name, refused: failure.message ?? "" }] : [];
    }),
    ...daemonSets.items.flatMap(({ metadata, status }) => {
      const isShort = (status?.currentNumberScheduled ?? 0) < (status?.desiredNumberScheduled ?? 0);
      const { name = "", uid } = metadata ?? {};
      const refused = newest(events, uid, ["FailedCreate"])?.message;
      return isShort && refused !== undefined ? [{ kind: "DaemonSet", namespace, name, refused }] : [];
    }),
  ];
}

async function claimFacts(
  storage: StorageV1Api,
  claims: readonly V1PersistentVolumeClaim[],
  events: readonly CoreV1Event[],
): Promise<ClaimFacts[]> {
  const pending = claims.filter(({ status }) => status?.phase === "Pending");
  if (pending.length === 0) return [];
  const { items: classes } = await storage.listStorageClass();
  return pending.map(({ metadata, spec }) => {
    const storageClass = spec?.storageClassName ?? "";
    const found = classes.find((candidate) => candidate.metadata?.name === storageClass);
    const event = newest(events, metadata?.uid);
    return {
      namespace: metadata?.namespace ?? "",
      name: metadata?.name ?? "",
      storageClass,
      found: found && {
        provisioner: found.provisioner,
        waitsForConsumer: found.volumeBindingMode === "WaitForFirstConsumer",
      },
      event: event && { reason: event.reason ?? "", message: event.message ?? "" },
    };
  });
}

/** Returns the newest event about an object, optionally only of certain reasons. */
function newest(
  events: readonly CoreV1Event[],
  uid: string | undefined,
  reasons?: readonly string[],
): CoreV1Event | undefined {
  const timeOf = ({ lastTimestamp, eventTime, metadata }: CoreV1Event): number =>
    new Date(lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? 0).getTime();
  return events
    .filter(({ involvedObject, reason = "" }) => involvedObject.uid === uid && (reasons?.includes(reason) ?? true))
    .sort((one, other) => timeOf(other) - timeOf(one))[0];
}
