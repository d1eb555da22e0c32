import { failoverPolicy, type FailoverArgs } from "../../../components/failover";
import { FencingAgent, taintsBeforeProof } from "../../../components/fencing";
import { templateKinds } from "../../../components/fencing/objects";
import { silentNode } from "../../../components/gateway/pod-args";
import { longhornDefaults } from "../../../components/longhorn";
import {
  OnNodeFailure,
  type AccessMode,
  type FencingReference,
  type PodDeletionPolicy,
  type PredictionArgs,
} from "../../../index";
import type { StackConfig, StoreConfig } from "../../../stacks/config/schema";
import { withFencing } from "../../../stacks/fencing";
import type { ExportedDeployment, ExportedResource } from "../../pulumi/stack-state";

/** A store of a stack, with all of it that its recovery depends on. */
export interface StoreOfStack {
  name: string;
  failover: FailoverArgs;
  accessMode: AccessMode;
  /** What the Longhorn below it does. */
  podDeletionPolicy: PodDeletionPolicy;
}

/**
 * The stores that a stack has deployed, as its state has them: the decision by its effect on the pod, so that it does not matter by
 * which speed it came about.
 *
 * @param exported what `pulumi stack export` prints
 * @param configured the stores of the configuration, which alone knows what a prediction assumes of the cluster, and a fencing that
 * the stack has not made
 */
export function storesInState(
  exported: unknown,
  configured: Readonly<Record<string, Pick<StoreConfig, "failover">>> = {},
): StoreOfStack[] {
  const { deployment = {} } = exported as { deployment?: ExportedDeployment };
  const resources = (deployment.resources ?? []) as readonly StateResource[];
  const made = fencingIn(resources);
  return resources
    .filter(({ type }) => type === "longhorn-s3:index:ObjectStore")
    .flatMap(({ urn, outputs = {} }): StoreOfStack[] => {
      const name = urn.split("::").at(-1) ?? "";
      const id = `${outputs.namespace ?? ""}/${outputs.deploymentName ?? ""}`;
      const pod = resources.find((one) => one.type === deploymentType && one.id === id)?.inputs?.spec?.template?.spec;
      // One whose creation was interrupted has no outputs, or no pod.
      if (pod === undefined || outputs.podDeletionPolicy === undefined) return [];
      const { fencing = made, prediction } = configured[name]?.failover ?? {};
      const { kubernetesVersion } = outputs.predictedRecovery ?? {};
      return [
        {
          name,
          failover: decisionOf(pod, fencing, { kubernetesVersion, ...prediction }),
          accessMode: outputs.accessMode as AccessMode,
          podDeletionPolicy: outputs.podDeletionPolicy,
        },
      ];
    });
}

/** The stores of a configuration, as they would be deployed. */
export function storesInConfig({ stores, fencing, longhorn, existingLonghorn }: StackConfig): StoreOfStack[] {
  const { version, podDeletionPolicy } = existingLonghorn ?? longhornDefaults(longhorn ?? {});
  return Object.entries(stores).map(([name, store]) => {
    const { failover, volume } = withFencing(store, fencing);
    const { accessMode } = failoverPolicy(failover, version);
    return { name, failover, accessMode: volume.accessMode ?? accessMode, podDeletionPolicy };
  });
}

const deploymentType = "kubernetes:apps/v1:Deployment";

/** What is read of a resource here. */
type StateResource = Omit<ExportedResource, "inputs"> & {
  inputs?: { kind?: string; spec?: NodeHealthCheckSpec & { template?: { spec?: GatewayPod & FenceAgentSpec } } };
  outputs?: {
    namespace?: string;
    deploymentName?: string;
    accessMode?: string;
    podDeletionPolicy?: PodDeletionPolicy;
    predictedRecovery?: { kubernetesVersion?: string };
  };
};

interface GatewayPod {
  tolerations?: { key?: string; tolerationSeconds?: number }[];
  terminationGracePeriodSeconds?: number;
  containers?: { livenessProbe?: { periodSeconds?: number; failureThreshold?: number } }[];
}

interface FenceAgentSpec {
  timeout?: string;
  retrycount?: number;
}

interface NodeHealthCheckSpec {
  unhealthyConditions?: { duration?: string }[];
  remediationTemplate?: { kind?: string };
}

function decisionOf(
  { tolerations = [], terminationGracePeriodSeconds, containers = [] }: GatewayPod,
  fencing: FencingReference | undefined,
  prediction: PredictionArgs,
): FailoverArgs {
  const keys = tolerations.map(({ key = "" }) => key);
  const limited = tolerations.find(
    ({ key = "", tolerationSeconds }) => silentNode.includes(key) && tolerationSeconds !== undefined,
  );
  const { periodSeconds, failureThreshold } = containers[0]?.livenessProbe ?? {};
  const common = {
    terminationGracePeriodSeconds,
    ...(periodSeconds && failureThreshold && { unresponsiveSeconds: periodSeconds * failureThreshold }),
    prediction,
  };
  if (limited !== undefined) {
    const { tolerationSeconds } = limited;
    return { onNodeFailure: OnNodeFailure.AssumeDead, acceptDataLossIfNodeIsAlive: true, tolerationSeconds, ...common };
  }
  // Only Fence tolerates, for ever, what the agents set before they have their proof.
  return taintsBeforeProof.every((taint) => keys.includes(taint))
    ? { onNodeFailure: OnNodeFailure.Fence, fencing, ...common }
    : { onNodeFailure: OnNodeFailure.Wait, ...common };
}

/** The fencing of nodes that the stack has made. */
function fencingIn(resources: readonly StateResource[]): FencingReference | undefined {
  const check = resources.find(
    ({ type, inputs }) => type.endsWith(":NodeHealthCheck") || inputs?.kind === "NodeHealthCheck",
  );
  const { unhealthyConditions = [], remediationTemplate } = check?.inputs?.spec ?? {};
  const agent = Object.values(FencingAgent).find((one) => templateKinds[one].kind === remediationTemplate?.kind);
  const unhealthySeconds = Number.parseInt(unhealthyConditions[0]?.duration ?? "", 10);
  if (agent === undefined || Number.isNaN(unhealthySeconds)) return undefined;
  const template = resources.find(({ inputs }) => inputs?.kind === remediationTemplate?.kind);
  const { timeout, retrycount } = template?.inputs?.spec?.template?.spec ?? {};
  return {
    ...{ agent, unhealthySeconds },
    ...(timeout !== undefined && { timeoutSeconds: Number.parseInt(timeout, 10) }),
    ...(retrycount !== undefined && { retryCount: retrycount }),
  };
}
