import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterConfig } from "./config/schema";
import { setCommand, type StackIdentity } from "./config/problems";

/** Options that deploy to the configured cluster; without a context, Pulumi goes where kubectl would, and the stack warns of it. */
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
      ? ["whatever cluster kubectl was last pointed to", ""]
      : [`the current context of ${kubeconfig}, whichever that is by then`, ` --kubeconfig ${kubeconfig}`];
  void pulumi.log.warn(
    `stack "${stack.stack}" goes to ${where}. Name its context: ` +
      setCommand(["cluster", "context"], `"$(kubectl config current-context${reading})"`, stack),
  );
}
