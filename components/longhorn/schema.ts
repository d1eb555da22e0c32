import { tolerationsSchema } from "../tolerations";
import {
  anything,
  listOf,
  mapOf,
  number,
  object,
  secretText,
  text,
  textsByName,
  trueOrFalse,
} from "../validation/schema";
import type { BackupCredentialsArgs, BackupTargetArgs } from "./backup-args";
import type { ChartRepositoryArgs } from "./chart-source";
import type { LonghornImagesArgs } from "./images";
import type { LonghornPlacementArgs } from "./placement";
import type { EncryptionArgs, StorageClassArgs } from "./storage-class-args";

/** Schemas of the inputs of `LonghornArgs`. */
export const longhornProperties = {
  version: text("1.12.1"),
  chart: text("./charts/longhorn"),
  chartRepository: object<ChartRepositoryArgs>({
    url: text("https://charts.longhorn.io"),
    username: text("reader"),
    password: secretText,
  }),
  createNamespace: trueOrFalse(true),
  images: object<LonghornImagesArgs>({
    registry: text("registry.example.com"),
    pullSecretName: text("longhorn-registry"),
    username: text("reader"),
    password: secretText,
  }),
  placement: object<LonghornPlacementArgs>({ nodeSelector: textsByName("storage"), tolerations: tolerationsSchema }),
  podDeletionPolicy: text("do-nothing"),
  kubeletRootDir: text("/var/lib/kubelet"),
  storageClass: object<StorageClassArgs>({
    name: text("longhorn-s3"),
    numberOfReplicas: number(3),
    dataLocality: text("disabled"),
    staleReplicaTimeoutMinutes: number(2880),
    fsType: text("ext4"),
    mkfsParams: text("-O ^64bit,^metadata_csum"),
    diskSelector: listOf(text("ssd")),
    nodeSelector: listOf(text("storage")),
    reclaimPolicy: text("Retain"),
    replicaAutoBalance: text("ignored"),
    encryption: object<EncryptionArgs>({
      secretName: text("longhorn-crypto"),
      secretNamespace: text("longhorn-system"),
    }),
  }),
  // The component knows which there are in the version, and says more than that there is no such key.
  settings: mapOf(anything),
  backup: object<BackupTargetArgs>({
    target: text("s3://backups@eu-central-1/longhorn"),
    credentials: object<BackupCredentialsArgs>({
      accessKeyId: secretText,
      secretAccessKey: secretText,
      endpoint: text("https://s3.example.com"),
      virtualHostedStyle: trueOrFalse(false),
      certificate: text("-----BEGIN CERTIFICATE-----"),
    }),
    credentialSecretName: text("longhorn-backup-target"),
    pollIntervalSeconds: number(300),
  }),
  values: mapOf(anything),
  deletionProtection: trueOrFalse(true),
  allowUninstall: trueOrFalse(false),
};
