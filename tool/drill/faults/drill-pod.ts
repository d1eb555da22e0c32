import type { V1Pod } from "@kubernetes/client-node";
import { longhornNamespace } from "../../../components/longhorn";

/** Longhorn's own pods are privileged, so its namespace takes this one as well. */
export const drillPodNamespace = longhornNamespace;

export function drillPodName(node: string): string {
  return `longhorn-s3-drill-${node}`;
}

/** What the pod does. */
export interface DrillPodWork {
  image: string;
  command: readonly string[];
  /** The node's boot for which it is meant. */
  bootId: string;
  /** Until when it may begin, in seconds since the epoch, by the node's clock. */
  until: number;
}

/** A pod that does something to the node that it runs on, once. It is bound to the node, since no scheduler has to agree. */
export function drillPod(node: string, { image, command, bootId, until }: DrillPodWork): V1Pod {
  const env = [
    { name: "BOOT_ID", value: bootId },
    { name: "UNTIL", value: String(until) },
  ];
  return {
    metadata: { name: drillPodName(node), labels: { "app.kubernetes.io/managed-by": "longhorn-s3" } },
    spec: {
      nodeName: node,
      hostPID: true,
      restartPolicy: "Never",
      automountServiceAccountToken: false,
      tolerations: [{ operator: "Exists" }],
      containers: [{ name: "drill", image, command: [...command], env, securityContext: { privileged: true } }],
    },
  };
}
