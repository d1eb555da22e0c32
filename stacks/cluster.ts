import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterConfig } from "./config/schema";
import { setCommand, type StackIdentity } from "./config/problems";

/**
 * Returns options that deploy to the configured cluster. Without a context, Pulumi uses kubectl's current context, and the
 * stack warns about it.
 */
export function clusterOptions(
  cluster: ClusterConfig | undefined,
  stack: StackIdentity,
): pulumi.ComponentResourceOptions {
  if (cluster?.context === undefined) warnOfAmbientContext(stack, cluster?.kubeconfig);
  if (cluster === undefined) return {};
  const { kubeconfig, context } = cluster;
  return { providers: [new k8s.Provider("cluster", { kubeconfig, context })] };
}

function warnOfAmbientContext(stack: StackIdentity, kubeconfig?: string): void {
  const [where, reading] =
    kubeconfig === undefined
      ? ["kubectl's current context", ""]
      : [`the current context of ${kubeconfig}`, ` --kubeconfig ${kubeconfig}`];
  void pulumi.log.warn(
    `stack "${stack.stack}" is deployed to ${where}, which may change. Set its context: ` +
      setCommand(["cluster", "context"], `"$(kubectl config current-context${reading})"`, stack),
  );
}
