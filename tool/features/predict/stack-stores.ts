import { failoverPolicy, type FailoverArgs } from "../../../components/failover";
import { policyOfPod, type FailoverPodSpec } from "../../../components/failover/pod";
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
import { fencingOf, type NodeHealthCheck, type RemediationTemplate } from "../../cluster/fencing";
import type { ExportedDeployment, ExportedResource } from "../../pulumi/stack-state";

/** Store of a stack, with all properties that affect its recovery. */
export interface StoreOfStack {
  name: string;
  failover: FailoverArgs;
  /** Properties of its cluster. */
  prediction: PredictionArgs;
  accessMode: AccessMode;
  /** Pod deletion policy of its Longhorn. */
  podDeletionPolicy: PodDeletionPolicy;
}

/**
 * Returns the deployed stores of a stack from its state. The decision is decoded from the pod, so that the preset does not
 * matter.
 *
 * @param exported output of `pulumi stack export`
 * @param configured stores of the configuration, which has the assumptions about the cluster and a fencing that the stack did
 * not create
 */
export function storesInState(
  exported: unknown,
  configured: Readonly<Record<string, Pick<StoreConfig, "failover" | "prediction">>> = {},
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
      const { failover, prediction } = configured[name] ?? {};
      const { kubernetesVersion } = outputs.predictedRecovery ?? {};
      return [
        {
          name,
          failover: decisionOf(pod, failover?.fencing ?? made),
          prediction: { kubernetesVersion, ...prediction },
          accessMode: outputs.accessMode as AccessMode,
          podDeletionPolicy: outputs.podDeletionPolicy,
        },
      ];
    });
}

/** Returns the stores of a configuration as they would be deployed. */
export function storesInConfig({ stores, fencing, longhorn, existingLonghorn }: StackConfig): StoreOfStack[] {
  const { version, podDeletionPolicy } = existingLonghorn ?? longhornDefaults(longhorn ?? {});
  return Object.entries(stores).map(([name, store]) => {
    const { failover, prediction = {}, volume } = withFencing(store, fencing);
    const { accessMode } = failoverPolicy(failover, version);
    return { name, failover, prediction, accessMode: volume.accessMode ?? accessMode, podDeletionPolicy };
  });
}

const deploymentType = "kubernetes:apps/v1:Deployment";

/** Fields of a resource that are used here. */
type StateResource = Omit<ExportedResource, "inputs"> & {
  inputs?: RemediationTemplate & NodeHealthCheck & { spec?: { template?: { spec?: GatewayPod } } };
  outputs?: {
    namespace?: string;
    deploymentName?: string;
    accessMode?: string;
    podDeletionPolicy?: PodDeletionPolicy;
    predictedRecovery?: { kubernetesVersion?: string };
  };
};

interface GatewayPod extends FailoverPodSpec {
  containers?: { livenessProbe?: { periodSeconds?: number; failureThreshold?: number } }[];
}

function decisionOf(pod: GatewayPod, fencing: FencingReference | undefined): FailoverArgs {
  const { onNodeFailure, tolerationSeconds, terminationGracePeriodSeconds } = policyOfPod(pod);
  const { periodSeconds, failureThreshold } = pod.containers?.[0]?.livenessProbe ?? {};
  return {
    onNodeFailure,
    terminationGracePeriodSeconds,
    ...(periodSeconds && failureThreshold && { livenessFailureSeconds: periodSeconds * failureThreshold }),
    ...(onNodeFailure === OnNodeFailure.AssumeDead && { acceptDataLossIfNodeIsAlive: true, tolerationSeconds }),
    ...(onNodeFailure === OnNodeFailure.Fence && { fencing }),
  };
}

/** Returns the fencing that the stack has created. */
function fencingIn(resources: readonly StateResource[]): FencingReference | undefined {
  const checks = resources.filter(
    ({ type, inputs }) => type.endsWith(":NodeHealthCheck") || inputs?.kind === "NodeHealthCheck",
  );
  const inputsOf = (some: typeof resources) => some.flatMap(({ inputs }) => inputs ?? []);
  return fencingOf(inputsOf(checks), inputsOf(resources));
}
