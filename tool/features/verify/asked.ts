import { settingWithChartKey } from "../../../components/longhorn/settings/table";
import { kindOf, type ExportedDeployment, type ExportedResource } from "../../pulumi/stack-state";

/** Configuration of Longhorn that a stack requests. */
export interface Asked {
  /** Settings by name, as in the chart's values. */
  settings: Readonly<Record<string, string>>;
  /** Keys of the chart's values without a known setting, with their values. */
  unknownKeys: Readonly<Record<string, string>>;
  /** Parameters of StorageClasses, by name. */
  storageClasses: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Backup target; undefined if the stack does not set it. */
  backupTarget?: string;
  /** Volumes of the stack's stores. */
  volumes: readonly AskedVolume[];
  /** The stack's description of a Longhorn that it does not install; undefined if it installs one, or has no store. */
  existingLonghorn?: ExistingLonghorn;
}

export interface AskedVolume {
  /** Claim, as `namespace/name`. */
  claim: string;
  accessMode?: string;
  storageClass?: string;
}

/** Input `existingLonghorn`. */
export interface ExistingLonghorn {
  version?: string;
  podDeletionPolicy?: string;
}

/** Parses the output of `pulumi stack export --show-secrets`. */
export function askedOf(exported: unknown): Asked {
  const { deployment = {} } = exported as { deployment?: ExportedDeployment };
  const resources = deployment.resources ?? [];
  const of = (type: string): ExportedResource[] => resources.filter((resource) => resource.type === type);
  const releases = of("kubernetes:helm.sh/v3:Release");
  const [store] = of("longhorn-s3:index:ObjectStore");
  const values = releases.map(({ inputs }) => record(record(inputs)["values"]));
  const keys = values.flatMap(({ defaultSettings }) => Object.entries(record(defaultSettings)).flatMap(asText));
  const target = values.map(({ defaultBackupStore }) => text(record(defaultBackupStore)["backupTarget"])).find(Boolean);
  return {
    settings: Object.fromEntries(
      keys.flatMap(([key, value]) => {
        const setting = settingWithChartKey(key);
        return setting === undefined ? [] : [[setting.name, value]];
      }),
    ),
    unknownKeys: Object.fromEntries(keys.filter(([key]) => settingWithChartKey(key) === undefined)),
    storageClasses: Object.fromEntries(of("kubernetes:storage.k8s.io/v1:StorageClass").map(classOf)),
    ...(target !== undefined && { backupTarget: target }),
    volumes: resources.filter(({ type }) => kindOf(type) === "PersistentVolumeClaim").flatMap(volumeOf),
    ...(releases.length === 0 && store !== undefined && { existingLonghorn: existingOf(store) }),
  };
}

/** Returns whether a stack requests nothing of Longhorn, for example before its deployment. */
export function asksNothing({ settings, unknownKeys, storageClasses, backupTarget, volumes }: Asked): boolean {
  return (
    [settings, unknownKeys, storageClasses, volumes].every((one) => Object.keys(one).length === 0) && !backupTarget
  );
}

/** Returns a value as Helm renders it; nothing for a removed one. */
function asText([key, value]: [string, unknown]): [string, string][] {
  if (value === undefined || value === null) return [];
  return [[key, typeof value === "string" ? unquoted(value) : JSON.stringify(value)]];
}

/** Removes the quotes, which older charts receive and YAML removes. */
function unquoted(quoted: string): string {
  return /^".*"$/s.test(quoted) ? (JSON.parse(quoted) as string) : quoted;
}

function classOf({ inputs }: ExportedResource): [string, Record<string, string>] {
  const { metadata, parameters } = record(inputs);
  return [text(record(metadata)["name"]) ?? "", record(parameters) as Record<string, string>];
}

function volumeOf({ id: claim, inputs }: ExportedResource): AskedVolume[] {
  if (claim === undefined) return [];
  const { accessModes, storageClassName } = record(record(inputs)["spec"]);
  const accessMode = Array.isArray(accessModes) ? text(accessModes[0]) : undefined;
  const storageClass = text(storageClassName);
  return [{ claim, ...(accessMode && { accessMode }), ...(storageClass && { storageClass }) }];
}

function existingOf({ outputs }: ExportedResource): ExistingLonghorn {
  const { chartVersion, podDeletionPolicy } = record(outputs);
  return { version: text(chartVersion), podDeletionPolicy: text(podDeletionPolicy) };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** Returns a text that is not empty. */
function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
