import { dnsSubdomain } from "../kubernetes-names";
import { check, checkOptional, integer, oneOf, text, trueOrFalse, type Rule } from "../rules";
import { refuse, within, type Violation } from "../violations";
import { PodDeletionPolicy } from "./pod-deletion-policy";
import { storageClassParameters } from "./storage-class";
import { isAtLeast, isVersion } from "./version";

/** Whether Longhorn tries to keep a copy of the volume on the node where the pod runs. */
export const DataLocality = {
  Disabled: "disabled",
  /** Makes a copy on the pod's node after every move: faster reads, and more traffic just after a failover. */
  BestEffort: "best-effort",
} as const;

export type DataLocality = (typeof DataLocality)[keyof typeof DataLocality];

/** The StorageClass that a Longhorn of our own gets. A changed class is for new volumes; those that exist keep theirs. */
export interface StorageClassArgs {
  /**
   * Name of the class; not `longhorn` or `longhorn-static`, which Longhorn makes and removes by itself.
   * @default "longhorn-s3"
   */
  name?: string;
  /**
   * Copies of each volume, each on another node. Acts on new volumes only.
   * @default 3
   */
  numberOfReplicas?: number;
  /**
   * Whether a copy is kept on the pod's node. Acts on new volumes only.
   * @default "disabled"
   */
  dataLocality?: DataLocality;
}

/** What a Longhorn is like. A cluster can have one only, always in the namespace `longhorn-system`. */
export interface LonghornArgs {
  /**
   * Version of the chart, which is Longhorn's own; 1.5.0 or newer. With `chart`, the version that the chart there has: settings
   * and access mode are chosen for it.
   * @default "1.12.1"
   */
  version?: string;
  /**
   * Path of the chart on the machine that runs Pulumi, a folder or a `.tgz`, instead of the chart of https://charts.longhorn.io.
   * It starts with `/` or `.`; a relative one counts from the program's working directory.
   */
  chart?: string;
  /**
   * What Longhorn does with the pods of a node that is down, of all teams. A store with `AssumeDead` needs one that acts on
   * Deployments.
   * @default "do-nothing"
   */
  podDeletionPolicy?: PodDeletionPolicy;
  /**
   * The kubelet's folder on the nodes, where it is not the usual `/var/lib/kubelet`; given, Longhorn need not look for it.
   * @default Longhorn finds out
   */
  kubeletRootDir?: string;
  /** The StorageClass that is made for the stores. */
  storageClass?: StorageClassArgs;
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

/** A Longhorn that is there already, or a `Longhorn` of the same program by its property `reference`. */
export interface LonghornReference {
  /** Its version, as in `1.12.1`; decides the access mode of new volumes. */
  version: string;
  /** StorageClass for the volumes of stores. */
  storageClassName: string;
  /** What its setting `node-down-pod-deletion-policy` says. A store does not change it, since it acts on other teams' pods too. */
  podDeletionPolicy: PodDeletionPolicy;
  /**
   * Namespace that it runs in.
   * @default "longhorn-system"
   */
  namespace?: string;
  /** URL of its default backup target, where it has one; a store's backup jobs are warned about as long as none is known. */
  backupTarget?: string;
  /**
   * Parameters of that StorageClass, which the class of a restore copies.
   * @default Longhorn's own defaults
   */
  storageClassParameters?: { [key: string]: string };
}

/** `LonghornArgs` with every default in its place. */
export interface ResolvedLonghornArgs {
  readonly namespace: string;
  readonly version: string;
  readonly chart?: string;
  readonly podDeletionPolicy: PodDeletionPolicy;
  readonly kubeletRootDir?: string;
  readonly storageClass: Readonly<Required<StorageClassArgs>>;
  readonly deletionProtection: boolean;
  readonly allowUninstall: boolean;
}

/** The namespace that Longhorn's documentation asks for. */
export const longhornNamespace = "longhorn-system";

const defaultVersion = "1.12.1";

/** The oldest whose settings the table in `settings.ts` speaks of; 1.5.0 also was the first to refuse skipping a version. */
const oldestVersion = "1.5.0";

const versionRule: Rule = {
  allowed: `a version in full, ${oldestVersion} or newer, without "v"`,
  holds: (value) => typeof value === "string" && isVersion(value) && isAtLeast(value, oldestVersion),
  example: defaultVersion,
};

const classNameRule: Rule = {
  ...dnsSubdomain("longhorn-s3"),
  allowed: 'DNS labels with dots between them, not "longhorn" or "longhorn-static", which Longhorn manages by itself',
  holds: (value) => dnsSubdomain("").holds(value) && value !== "longhorn" && value !== "longhorn-static",
};

const policyRule = oneOf(PodDeletionPolicy, PodDeletionPolicy.DoNothing);

/** Everything that is wrong with the args of a `Longhorn`. */
export function longhornViolations(args: LonghornArgs): Violation[] {
  const { name, numberOfReplicas, dataLocality } = args.storageClass ?? {};
  return [
    ...checkOptional("version", args.version, versionRule),
    ...checkOptional(
      "chart",
      args.chart,
      text(/^(\/|\.\.?\/)\S/, 'a path that starts with "/", "./" or "../"', "./chart"),
    ),
    ...checkOptional("podDeletionPolicy", args.podDeletionPolicy, policyRule),
    ...checkOptional("kubeletRootDir", args.kubeletRootDir, text(/^\/\S+$/, "an absolute path", "/var/lib/kubelet")),
    ...within("storageClass", [
      ...checkOptional("name", name, classNameRule),
      ...checkOptional("numberOfReplicas", numberOfReplicas, integer(1, 20, "copies", 3)),
      ...checkOptional("dataLocality", dataLocality, oneOf(DataLocality, DataLocality.Disabled)),
    ]),
    ...checkOptional("deletionProtection", args.deletionProtection, trueOrFalse),
    ...checkOptional("allowUninstall", args.allowUninstall, trueOrFalse),
    ...(args.deletionProtection === false && args.allowUninstall !== true ? [uninstallWouldRefuse] : []),
  ];
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

/** Everything that is wrong with a reference to a Longhorn. */
export function referenceViolations(reference: LonghornReference): Violation[] {
  return [
    ...check("version", reference.version, versionRule),
    ...check("storageClassName", reference.storageClassName, dnsSubdomain("longhorn-s3")),
    ...check("podDeletionPolicy", reference.podDeletionPolicy, policyRule),
    ...checkOptional("namespace", reference.namespace, dnsSubdomain(longhornNamespace)),
  ];
}

/** The args with all defaults; throws every violation at once. */
export function resolveLonghornArgs(name: string, args: LonghornArgs): ResolvedLonghornArgs {
  refuse(`Longhorn "${name}"`, longhornViolations(args));
  return longhornDefaults(args);
}

/** The args with all defaults, unchecked. */
export function longhornDefaults(args: LonghornArgs): ResolvedLonghornArgs {
  const { name = "longhorn-s3", numberOfReplicas = 3, dataLocality = DataLocality.Disabled } = args.storageClass ?? {};
  return Object.freeze({
    namespace: longhornNamespace,
    version: args.version ?? defaultVersion,
    chart: args.chart,
    podDeletionPolicy: args.podDeletionPolicy ?? PodDeletionPolicy.DoNothing,
    kubeletRootDir: args.kubeletRootDir,
    storageClass: Object.freeze({ name, numberOfReplicas, dataLocality }),
    deletionProtection: args.deletionProtection ?? true,
    allowUninstall: args.allowUninstall ?? false,
  });
}

/** What a store needs to know of a Longhorn with these args. */
export function referenceTo(resolved: ResolvedLonghornArgs): LonghornReference {
  const { version, podDeletionPolicy, namespace, storageClass } = resolved;
  return {
    ...{ version, podDeletionPolicy, namespace },
    storageClassName: storageClass.name,
    storageClassParameters: storageClassParameters(storageClass),
  };
}
