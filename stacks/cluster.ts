import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { ClusterConfig } from "./config-shape";

/** Options that deploy to the configured cluster; without one, Pulumi goes where kubectl would. */
export function clusterOptions(cluster: ClusterConfig | undefined): pulumi.ComponentResourceOptions {
  if (cluster === undefined) return {};
  const { kubeconfig, context } = cluster;
  return { providers: [new k8s.Provider("cluster", { kubeconfig, context })] };
}
