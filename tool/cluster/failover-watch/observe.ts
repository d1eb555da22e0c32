import type { V1EndpointSlice, V1Node, V1Pod, V1VolumeAttachment } from "@kubernetes/client-node";
import { nodeTaints } from "../../../components/taints";
import { hasEnded } from "../kubernetes";
import type { Observation } from "./stages";

/** Longhorn volume, limited to the fields in use. */
export interface LonghornVolume {
  metadata?: { name?: string };
  status?: { state?: string; robustness?: string; currentNodeID?: string };
}

export function observeLonghornVolume({ metadata, status }: LonghornVolume, at: number): Observation {
  const { state = "", robustness = "", currentNodeID: node = "" } = status ?? {};
  return { kind: "LonghornVolume", at, name: metadata?.name ?? "", state, robustness, node };
}

export function observeNode(node: V1Node, at: number): Observation {
  const ready = node.status?.conditions?.find((condition) => condition.type === "Ready");
  const outOfService = node.spec?.taints?.some(({ key }) => key === nodeTaints.outOfService) ?? false;
  return { kind: "Node", at, name: node.metadata?.name ?? "", ready: ready?.status === "True", outOfService };
}

export function observePod(pod: V1Pod, gone: boolean, at: number): Observation {
  const ready = pod.status?.conditions?.find((condition) => condition.type === "Ready");
  return {
    kind: "Pod",
    at,
    uid: pod.metadata?.uid ?? "",
    node: pod.spec?.nodeName,
    ready: ready?.status === "True",
    terminating: pod.metadata?.deletionTimestamp !== undefined,
    gone: gone || hasEnded(pod),
  };
}

export function observeVolumeAttachment(attachment: V1VolumeAttachment, gone: boolean, at: number): Observation {
  return {
    kind: "VolumeAttachment",
    at,
    name: attachment.metadata?.name ?? "",
    node: attachment.spec.nodeName,
    volume: attachment.spec.source.persistentVolumeName ?? "",
    attached: attachment.status?.attached === true,
    gone,
  };
}

export function observeEndpointSlice(slice: V1EndpointSlice, at: number): Observation {
  return { kind: "EndpointSlice", at, readyPods: readyEndpoints([slice]).map((endpoint) => endpoint.podUid) };
}

/** Pod that a Service routes to. */
export interface ReadyEndpoint {
  podName: string;
  podUid: string;
  node: string;
}

/**
 * Returns the ready pods in `slices`. A Service without pods has a slice whose endpoints are null, although the type does not
 * allow that.
 */
export function readyEndpoints(slices: readonly V1EndpointSlice[]): ReadyEndpoint[] {
  return slices
    .flatMap((slice) => (slice.endpoints as V1EndpointSlice["endpoints"] | null) ?? [])
    .filter((endpoint) => endpoint.conditions?.ready === true)
    .map(({ targetRef, nodeName }) => ({
      podName: targetRef?.name ?? "",
      podUid: targetRef?.uid ?? "",
      node: nodeName ?? "",
    }));
}
