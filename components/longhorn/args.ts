import { longhornSchema } from "../input-schemas.generated";
import { inputViolations } from "../input-violations";
import { checkOptional, text, trueOrFalse, oneOf } from "../validation/rules";
import { refuse, within, type Violation } from "../validation/violations";
import { backupViolations, credentialSecretNameOf, type BackupTargetArgs } from "./backup-args";
import { chartSourceViolations, type ChartRepositoryArgs } from "./chart-source";
import { imagesViolations, pullSecretNameOf, type LonghornImagesArgs } from "./images";
import { longhornNamespace } from "./longhorn-namespace";
import { overrideViolations } from "./values-override";
import { placementViolations, type LonghornPlacementArgs } from "./placement";
import { PodDeletionPolicy } from "./pod-deletion-policy";
import type { LonghornSettingsArgs } from "./settings/settings-args";
import { settingsViolations } from "./settings/violations";
import {
  resolveStorageClassArgs,
  storageClassViolations,
  type ResolvedStorageClassArgs,
  type StorageClassArgs,
} from "./storage-class-args";
import { defaultVersion, versionRule } from "./version";

/** Arguments of `Longhorn`. Install Longhorn once per cluster. Its namespace is always `longhorn-system`. */
export interface LonghornArgs {
  /**
   * Version of the chart, which equals that of Longhorn; 1.5.0 or later. With a `chart` from a path, the version of that chart.
   * Settings and access mode depend on it.
   * @default "1.12.1"
   */
  version?: string;
  /**
   * Chart to use instead of that of the repository. The path of a local folder or `.tgz` file starts with `/` or `.`; a
   * relative path is resolved against the program's working directory. A chart in a registry is `oci://host/path`.
   * @default the chart `longhorn` of `chartRepository`
   * @example "./charts/longhorn"
   */
  chart?: string;
  /**
   * Chart repository, and the credentials of the repository or registry.
   * @default https://charts.longhorn.io
   */
  chartRepository?: ChartRepositoryArgs;
  /**
   * Creates the namespace `longhorn-system`. If false, it must exist, with the label `pod-security.kubernetes.io/enforce:
   * privileged` if the cluster enforces Pod Security. A change of the StorageClass then causes no warning, because the
   * namespace records the old one.
   * @default true
   */
  createNamespace?: boolean;
  /**
   * Registry of Longhorn's images.
   * @default Docker Hub
   */
  images?: LonghornImagesArgs;
  /**
   * Nodes that Longhorn runs on.
   * @default all nodes without taints that Longhorn does not tolerate
   */
  placement?: LonghornPlacementArgs;
  /**
   * Policy for the pods of a node that is down, which affects the pods of all teams. A store with `AssumeDead` requires a
   * policy that deletes the pods of Deployments.
   * @default "do-nothing"
   */
  podDeletionPolicy?: PodDeletionPolicy;
  /**
   * Root directory of the kubelet on the nodes, if it differs from `/var/lib/kubelet`. If set, Longhorn skips its detection.
   * @default detected by Longhorn
   * @example "/var/lib/kubelet"
   */
  kubeletRootDir?: string;
  /** StorageClass for the stores, which is created. */
  storageClass?: StorageClassArgs;
  /**
   * Longhorn's settings, validated for `version`: settings that the chart would drop, or that Longhorn would refuse, are
   * refused here.
   * @default the settings that stores depend on; otherwise Longhorn's defaults
   */
  settings?: LonghornSettingsArgs;
  /**
   * Backup target. Schedule backups with the `recurringJobs` of a store's volume.
   * @default none, which causes a warning: replication is not a backup
   */
  backup?: BackupTargetArgs;
  /**
   * Values of Longhorn's chart without an input here. They are merged over the values of the inputs: objects are merged key by
   * key, other values are replaced, and `null` removes a default of the chart.
   *
   * Values that affect data and have an input are refused: `persistence`, `defaultBackupStore`, and
   * `nodeDownPodDeletionPolicy`, `deletingConfirmationFlag` and the backup target in `defaultSettings`. `namespaceOverride` is
   * refused too. So are keys of `defaultSettings` that the chart of `version` lacks or writes incorrectly, and values that the
   * input `settings` refuses.
   *
   * A key that no template of the chart reads causes a warning. Longhorn keeps the last value of a setting that is removed.
   * @default none
   * @see https://github.com/longhorn/longhorn/blob/master/chart/values.yaml
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the schema has no other type for arbitrary values
  values?: { [key: string]: any };
  /**
   * Protects the release and the namespace from deletion by Pulumi. `false` requires `allowUninstall`.
   * @default true
   */
  deletionProtection?: boolean;
  /**
   * Allows Longhorn's uninstaller to run. It deletes all volumes of all teams, whether attached or not. Takes effect once
   * deployed: with `deletionProtection: false`, the next `pulumi destroy` uninstalls Longhorn.
   * @default false
   */
  allowUninstall?: boolean;
}

/** `LonghornArgs` with defaults applied. */
export interface ResolvedLonghornArgs {
  readonly namespace: string;
  readonly createNamespace: boolean;
  readonly version: string;
  readonly chart?: string;
  readonly chartRepository?: Readonly<ChartRepositoryArgs>;
  readonly images?: Readonly<LonghornImagesArgs>;
  readonly placement?: Readonly<LonghornPlacementArgs>;
  readonly podDeletionPolicy: PodDeletionPolicy;
  readonly kubeletRootDir?: string;
  readonly storageClass: ResolvedStorageClassArgs;
  readonly settings: Readonly<LonghornSettingsArgs>;
  readonly backup?: Readonly<BackupTargetArgs>;
  readonly values: Readonly<Record<string, unknown>>;
  readonly deletionProtection: boolean;
  readonly allowUninstall: boolean;
}

/** Returns the violations of the arguments of a `Longhorn`. */
export function longhornViolations(args: LonghornArgs): Violation[] {
  return inputViolations(args, { renames: [], schema: longhornSchema, examples: {} }, violationsOf);
}

function violationsOf(args: LonghornArgs): Violation[] {
  const { version = defaultVersion, images, placement, backup, storageClass = {} } = args;
  return [
    ...checkOptional("version", args.version, versionRule),
    ...chartSourceViolations(args.chart, args.chartRepository),
    ...checkOptional("createNamespace", args.createNamespace, trueOrFalse),
    ...(images === undefined ? [] : imagesViolations(images)),
    ...(placement === undefined ? [] : placementViolations(placement)),
    ...checkOptional(
      "podDeletionPolicy",
      args.podDeletionPolicy,
      oneOf(PodDeletionPolicy, PodDeletionPolicy.DoNothing),
    ),
    ...checkOptional("kubeletRootDir", args.kubeletRootDir, text(/^\/\S+$/, "an absolute path", "/var/lib/kubelet")),
    ...within("storageClass", storageClassViolations(storageClass)),
    ...(backup === undefined ? [] : backupViolations(backup)),
    ...(versionRule.holds(version) ? settingsViolations(args.settings, version) : []),
    ...overrideViolations(args.values, versionRule.holds(version) ? version : undefined, args.settings),
    ...sameSecret(args),
    ...checkOptional("deletionProtection", args.deletionProtection, trueOrFalse),
    ...checkOptional("allowUninstall", args.allowUninstall, trueOrFalse),
    ...(args.deletionProtection === false && args.allowUninstall !== true ? [uninstallWouldRefuse] : []),
  ];
}

/** Refuses one name for the registry Secret and the backup target Secret, which are in the same namespace. */
function sameSecret({ images, backup }: LonghornArgs): Violation[] {
  const [ofImages, ofBackup] = [images && pullSecretNameOf(images), backup && credentialSecretNameOf(backup)];
  const areMade = images?.username !== undefined || backup?.credentials !== undefined;
  if (!areMade || ofImages === undefined || ofImages === "" || ofImages !== ofBackup) return [];
  const field = "images.pullSecretName";
  const allowed = "a name that differs from backup.credentialSecretName, a Secret in the same namespace";
  return [{ field, got: ofImages, allowed, fixes: [{ field, value: `${ofImages}-registry` }] }];
}

/**
 * Violation of `deletionProtection: false` without `allowUninstall`. Longhorn's uninstaller would fail last, after Pulumi has
 * deleted the stores, and leave a partially uninstalled release.
 */
const uninstallWouldRefuse: Violation = {
  field: "deletionProtection",
  got: false,
  allowed:
    "true unless allowUninstall is true: a destroy would delete the stores first and then fail, because Longhorn's uninstaller " +
    "requires it",
  fixes: [
    { field: "deletionProtection", value: true },
    {
      field: "allowUninstall",
      value: true,
      note: "the next destroy deletes all Longhorn volumes, including those of other teams",
    },
  ],
};

/**
 * Returns the arguments with all defaults.
 *
 * @throws InvalidArgsError with all violations
 */
export function resolveLonghornArgs(name: string, args: LonghornArgs): ResolvedLonghornArgs {
  refuse(`Longhorn "${name}"`, longhornViolations(args));
  return longhornDefaults(args);
}

/** Returns the arguments with all defaults, without validation. */
export function longhornDefaults(args: LonghornArgs): ResolvedLonghornArgs {
  return Object.freeze({
    namespace: longhornNamespace,
    createNamespace: args.createNamespace ?? true,
    version: args.version ?? defaultVersion,
    chart: args.chart,
    chartRepository: args.chartRepository,
    images: args.images,
    placement: args.placement,
    podDeletionPolicy: args.podDeletionPolicy ?? PodDeletionPolicy.DoNothing,
    kubeletRootDir: args.kubeletRootDir,
    storageClass: resolveStorageClassArgs(args.storageClass ?? {}),
    settings: args.settings ?? {},
    backup: args.backup,
    values: args.values ?? {},
    deletionProtection: args.deletionProtection ?? true,
    allowUninstall: args.allowUninstall ?? false,
  });
}
