import type { EngineEvent } from "@pulumi/pulumi/automation";
import { remediatorOfTemplate } from "../../../components/fencing/objects";
import { isVersion } from "../../../components/longhorn/version";
import type { TolerationArgs } from "../../../components/tolerations";
import type { Connection } from "../../cluster/connection";
import { engineSecret, engineUnknown } from "../../pulumi/engine-events";
import type { Plan } from "./findings";

/** Resource that a preview plans to create. */
export interface PlannedResource {
  urn: string;
  /** URN of its provider. */
  provider: string;
  /** Inputs, with secrets as `[secret]` and unknown values as an ID of the engine. */
  inputs: Readonly<Record<string, unknown>>;
}

/** Planned installation of Longhorn, and its cluster. */
export interface PlannedInstallation {
  plan: Plan;
  /** Absent if a preview does not show it because it is secret or known only after the update. */
  connection?: Connection;
}

/** Returns the resource that an event of a preview plans to create; undefined for other events. */
export function plannedResource({ resourcePreEvent }: EngineEvent): PlannedResource | undefined {
  if (resourcePreEvent === undefined) return undefined;
  const { op, urn, provider, new: after } = resourcePreEvent.metadata;
  if (op !== "create" && !urn.includes(providerType)) return undefined;
  return { urn, provider: provider.split("::").slice(0, -1).join("::"), inputs: after?.inputs ?? {} };
}

/**
 * Returns the Longhorn that a preview plans to install, with the inputs of a preflight; undefined if it installs none, as in
 * all updates after the first.
 */
export function plannedInstallation(resources: readonly PlannedResource[]): PlannedInstallation | undefined {
  const of = (type: string): PlannedResource[] => resources.filter(({ urn }) => urn.split("::")[2]?.endsWith(type));
  const [release] = of("longhorn-s3:index:Longhorn$kubernetes:helm.sh/v3:Release");
  const [storageClass] = of("longhorn-s3:index:Longhorn$kubernetes:storage.k8s.io/v1:StorageClass");
  const { version, values } = (release?.inputs ?? {}) as ReleaseInputs;
  if (release === undefined || typeof version !== "string" || !isVersion(version)) return undefined;
  const { metadata, parameters } = (storageClass?.inputs ?? {}) as StorageClassInputs;
  const gateways = of("longhorn-s3:index:S3Gateway$kubernetes:apps/v1:Deployment").map(
    ({ inputs }) => inputs as Gateway,
  );
  const [check] = of(":NodeHealthCheck").map(({ inputs }) => inputs as NodeHealthCheck);
  const remediator = remediatorOfTemplate(check?.spec?.remediationTemplate?.kind);
  const connection = connectionOf(resources.find(({ urn }) => urn === release.provider));
  return {
    plan: {
      longhornVersion: version,
      storageClassName: metadata?.name ?? "",
      numberOfReplicas: Number(parameters?.numberOfReplicas ?? 1),
      ...(remediator && { remediator }),
      tolerations: [
        (values?.global ?? values?.longhornManager)?.tolerations ?? [],
        ...gateways.map(({ spec }) => spec?.template?.spec?.tolerations ?? []),
      ],
    },
    ...(connection && { connection }),
  };
}

/** Returns the cluster of a provider. Without a provider, Pulumi uses the current context. */
export function connectionOf(provider: PlannedResource | undefined): Connection | undefined {
  const { kubeconfig, context } = (provider?.inputs ?? {}) as Connection;
  const isShown = [kubeconfig, context].every((value) => value !== engineSecret && value !== engineUnknown);
  return isShown ? { kubeconfig, context } : undefined;
}

const providerType = "::pulumi:providers:kubernetes::";

interface ReleaseInputs {
  version?: unknown;
  values?: Partial<Record<"global" | "longhornManager", { tolerations?: TolerationArgs[] }>>;
}

interface StorageClassInputs {
  metadata?: { name?: string };
  parameters?: { numberOfReplicas?: string };
}

interface Gateway {
  spec?: { template?: { spec?: { tolerations?: TolerationArgs[] } } };
}

interface NodeHealthCheck {
  spec?: { remediationTemplate?: { kind?: string } };
}
