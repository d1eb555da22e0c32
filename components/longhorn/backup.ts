import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { checkedSecret, credential } from "../validation/rules";
import { credentialSecretNameOf, type BackupTargetArgs } from "./backup-args";
import { longhornNamespace } from "./longhorn-namespace";
import { onCreationOnly, withStackLabel } from "../stack-label";
import { isAtLeast } from "./version";

/**
 * Returns the chart's values for the backup target. All three are set, so that a removed one is reset. They are strings,
 * because Helm would write a large number as `1e+06`. Up to Longhorn 1.7 they were settings.
 */
export function backupValues(version: string, backup: BackupTargetArgs | undefined) {
  if (backup === undefined) return {};
  const backupTarget = backup.target;
  const backupTargetCredentialSecret = credentialSecretNameOf(backup);
  const interval = String(backup.pollIntervalSeconds ?? 300);
  return isAtLeast(version, "1.8.0")
    ? { defaultBackupStore: { backupTarget, backupTargetCredentialSecret, pollInterval: interval } }
    : { defaultSettings: { backupTarget, backupTargetCredentialSecret, backupstorePollInterval: interval } };
}

/**
 * Creates the Secret with the credentials of the bucket, under the keys that Longhorn reads; returns undefined without
 * `credentials`.
 */
export function createCredentialSecret(
  name: string,
  backup: BackupTargetArgs | undefined,
  opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Secret | undefined {
  if (backup?.credentials === undefined) return undefined;
  const { accessKeyId, secretAccessKey, endpoint, virtualHostedStyle, certificate } = backup.credentials;
  const key = (field: string, value: pulumi.Input<string>) =>
    checkedSecret(`Longhorn "${name}"`, `backup.credentials.${field}`, value, credential);
  return new k8s.core.v1.Secret(
    `${name}-backup-target`,
    {
      metadata: {
        namespace: longhornNamespace,
        name: credentialSecretNameOf(backup),
        labels: withStackLabel(),
      },
      stringData: {
        AWS_ACCESS_KEY_ID: key("accessKeyId", accessKeyId),
        AWS_SECRET_ACCESS_KEY: key("secretAccessKey", secretAccessKey),
        ...(endpoint !== undefined && { AWS_ENDPOINTS: endpoint }),
        ...(virtualHostedStyle !== undefined && { VIRTUAL_HOSTED_STYLE: String(virtualHostedStyle) }),
        // Longhorn refuses a trailing line break, which most certificate files have.
        ...(certificate !== undefined && { AWS_CERT: certificate.trim() }),
      },
    },
    onCreationOnly(opts, "metadata.labels"),
  );
}

/** Warns on every update about a Longhorn without a backup target. */
export function warnWithoutBackup(backup: BackupTargetArgs | undefined, longhorn: pulumi.Resource): void {
  if (backup === undefined) void pulumi.log.warn(withoutBackupText, longhorn);
}

const withoutBackupText =
  "no backup target is configured, and replication is not a backup: an object or a volume that is deleted by mistake is deleted from " +
  "all replicas, and the loss of the cluster is the loss of all replicas. Set `backup`";
