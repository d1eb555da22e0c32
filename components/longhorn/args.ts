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

/** What a Longhorn is like. A cluster can have one only, always in the namespace `longhorn-system`. */
export interface LonghornArgs {
  /**
   * Version of the chart, which is Longhorn's own; 1.5.0 or newer. With a `chart` from a path, the version that the chart there
   * has: settings and access mode are chosen for it.
   * @default "1.12.1"
   */
  version?: string;
  /**
   * A chart other than that of the repository. A path on the machine that runs Pulumi, a folder or a `.tgz`, starts with `/` or
   * `.`; a relative one counts from the program's working directory. A chart in a registry is `oci://host/path`.
   * @default the chart `longhorn` of `chartRepository`
   * @example "./charts/longhorn"
   */
  chart?: string;
  /**
   * The chart repository, or the user of the registry with the chart.
   * @default https://charts.longhorn.io
   */
  chartRepository?: ChartRepositoryArgs;
  /**
   * Makes the namespace `longhorn-system`. With `false` it is to be there, with the label
   * `pod-security.kubernetes.io/enforce: privileged` where the cluster enforces Pod Security, and a changed StorageClass is
   * replaced without a warning, since the namespace is what remembers the old one.
   * @default true
   */
  createNamespace?: boolean;
  /**
   * Where Longhorn's images come from.
   * @default Docker Hub
   */
  images?: LonghornImagesArgs;
  /**
   * The nodes that Longhorn runs on.
   * @default every node without a taint that keeps pods away
   */
  placement?: LonghornPlacementArgs;
  /**
   * What Longhorn does with the pods of a node that is down, of all teams. A store with `AssumeDead` needs one that acts on
   * Deployments.
   * @default "do-nothing"
   */
  podDeletionPolicy?: PodDeletionPolicy;
  /**
   * The kubelet's folder on the nodes, where it is not the usual `/var/lib/kubelet`; given, Longhorn need not look for it.
   * @default Longhorn finds out
   * @example "/var/lib/kubelet"
   */
  kubeletRootDir?: string;
  /** The StorageClass that is made for the stores. */
  storageClass?: StorageClassArgs;
  /**
   * Longhorn's own settings, checked for `version`: what its chart would drop, or its manager refuse, is refused here.
   * @default what a store depends on, and Longhorn's own defaults for the rest
   */
  settings?: LonghornSettingsArgs;
  /**
   * Where backups go to. Copies by the hour or day are made by the `recurringJobs` of a store's volume.
   * @default none, with a warning: replication is no backup
   */
  backup?: BackupTargetArgs;
  /**
   * Values of Longhorn's chart that have no input here. They go over the values that the inputs make, key by key, down to the
   * last: an object is merged, anything else takes the place of what was there, `null` takes a default of the chart away. Refused
   * are the keys on which data depends and that have an input: `persistence`, `defaultBackupStore` and, under `defaultSettings`,
   * `nodeDownPodDeletionPolicy`, `deletingConfirmationFlag` and those of the backup target; `namespaceOverride` too; and so are
   * keys of `defaultSettings` that the chart of `version` does not have or writes wrongly, and values that the input `settings`
   * refuses. A key that no template of the chart reads is warned about. Longhorn keeps the last value of a setting that is no longer
   * written.
   * @default none
   * @see https://github.com/longhorn/longhorn/blob/master/chart/values.yaml
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the schema has no other word for values of any kind
  values?: { [key: string]: any };
  /**
   * Protects the release and the namespace from deletion by Pulumi. `false` needs `allowUninstall`.
   * @default true
   */
  deletionProtection?: boolean;
  /**
   * Tells Longhorn's uninstaller to go ahead, which it otherwise refuses. It removes every volume, of other teams too, attached or
   * not. Acts once it has been deployed: with `deletionProtection: false`, the next `pulumi destroy` uninstalls Longhorn.
   * @default false
   */
  allowUninstall?: boolean;
}

/** `LonghornArgs` with every default in its place. */
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

/** Property paths of the inputs that can be Outputs. */
const outputs = [
  "backup.credentials.accessKeyId",
  "backup.credentials.secretAccessKey",
  "chartRepository.username",
  "chartRepository.password",
  "images.username",
  "images.password",
  "values.*",
];

/** Everything that is wrong with the args of a `Longhorn`. */
export function longhornViolations(args: LonghornArgs): Violation[] {
  return inputViolations(args, { renames: [], outputs, schema: longhornSchema, examples: {} }, violationsOf);
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

/** The Secret for the registry and that for the backup target are both made, in one namespace. */
function sameSecret({ images, backup }: LonghornArgs): Violation[] {
  const [ofImages, ofBackup] = [images && pullSecretNameOf(images), backup && credentialSecretNameOf(backup)];
  const areMade = images?.username !== undefined || backup?.credentials !== undefined;
  if (!areMade || ofImages === undefined || ofImages === "" || ofImages !== ofBackup) return [];
  const field = "images.pullSecretName";
  const allowed = "another name than backup.credentialSecretName, which is a Secret in the same namespace";
  return [{ field, got: ofImages, allowed, fixes: [{ field, value: `${ofImages}-registry` }] }];
}

/** Longhorn's uninstaller refuses last, when Pulumi has deleted the stores, and leaves the release half gone. */
const uninstallWouldRefuse: Violation = {
  field: "deletionProtection",
  got: false,
  allowed:
    "true until allowUninstall is true: a destroy would delete the stores first and then fail, since Longhorn's own uninstaller " +
    "refuses without it",
  fixes: [
    { field: "deletionProtection", value: true },
    {
      field: "allowUninstall",
      value: true,
      note: "the next destroy removes every volume of this Longhorn, of other teams too",
    },
  ],
};

/** The args with all defaults; throws every violation at once. */
export function resolveLonghornArgs(name: string, args: LonghornArgs): ResolvedLonghornArgs {
  refuse(`Longhorn "${name}"`, longhornViolations(args));
  return longhornDefaults(args);
}

/** The args with all defaults, unchecked. */
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
