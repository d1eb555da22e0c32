import type { EngineEvent } from "@pulumi/pulumi/automation";
import { remediatorOfTemplate } from "../../../components/fencing/objects";
import { isVersion } from "../../../components/longhorn/version";
import type { TolerationArgs } from "../../../components/tolerations";
import type { Connection } from "../../cluster/connection";
import { engineSecret, engineUnknown } from "../../pulumi/engine-events";
import type { Plan } from "./findings";

/** A resource that a preview is going to have made. */
export interface PlannedResource {
  urn: string;
  /** URN of its provider. */
  provider: string;
  /** Secrets as `[secret]`; what is not known yet as an id of the engine's. */
  inputs: Readonly<Record<string, unknown>>;
}

/** What a preview plans to install, and where. */
export interface PlannedInstallation {
  plan: Plan;
  /** Absent where a preview does not show it: it is a secret, or not known before the update. */
  connection?: Connection;
}

/** The resource that an event of a preview says is going to be made; undefined where it says something else. */
export function plannedResource({ resourcePreEvent }: EngineEvent): PlannedResource | undefined {
  if (resourcePreEvent === undefined) return undefined;
  const { op, urn, provider, new: after } = resourcePreEvent.metadata;
  if (op !== "create" && !urn.includes(providerType)) return undefined;
  return { urn, provider: provider.split("::").slice(0, -1).join("::"), inputs: after?.inputs ?? {} };
}

/**
 * The Longhorn that a preview is going to install, with all that a preflight asks about. Undefined where it installs none, as in all
 * updates after the first.
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

/** Returns the cluster of a provider. Without a provider of its own, Pulumi goes where kubectl would. */
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
