import { settingWithChartKey } from "../../components/longhorn/settings/table";
import { kindOf, type ExportedDeployment, type ExportedResource } from "../deploy/stack-state";

/** What a stack asks of Longhorn. */
export interface Asked {
  /** Settings by their names, as the chart's values have them. */
  settings: Readonly<Record<string, string>>;
  /** Parameters of StorageClasses, by their names. */
  storageClasses: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Whether the stack says where backups go. */
  backupTarget?: string;
  /** Claims of the stack's stores, as `namespace/name`. */
  claims: readonly string[];
}

/** Reads what `pulumi stack export --show-secrets` prints. */
export function askedOf(exported: unknown): Asked {
  const { deployment = {} } = exported as { deployment?: ExportedDeployment };
  const resources = deployment.resources ?? [];
  const of = (type: string): ExportedResource[] => resources.filter((resource) => resource.type === type);
  const values = of("kubernetes:helm.sh/v3:Release").map(({ inputs }) => valuesOf(inputs));
  const target = values.map(({ defaultBackupStore }) => record(defaultBackupStore)["backupTarget"]).find(isText);
  return {
    settings: Object.assign({}, ...values.map(settingsOf)) as Record<string, string>,
    storageClasses: Object.fromEntries(of("kubernetes:storage.k8s.io/v1:StorageClass").map(classOf)),
    ...(isText(target) && { backupTarget: target }),
    claims: resources.filter(({ type }) => kindOf(type) === "PersistentVolumeClaim").flatMap(({ id }) => id ?? []),
  };
}

function valuesOf(inputs: unknown): Record<string, unknown> {
  return record(record(inputs)["values"]);
}

/** A key that no setting has, in the untyped values of a newer chart, is left out. */
function settingsOf({ defaultSettings }: Record<string, unknown>): Record<string, string> {
  const entries = Object.entries(record(defaultSettings)).flatMap(([key, value]) => {
    const setting = settingWithChartKey(key);
    if (setting === undefined || value === undefined || value === null) return [];
    return [[setting.name, typeof value === "string" ? unquoted(value) : JSON.stringify(value)]];
  });
  return Object.fromEntries(entries) as Record<string, string>;
}

/** Older charts get texts with quotes, which YAML takes away. */
function unquoted(text: string): string {
  return /^".*"$/s.test(text) ? (JSON.parse(text) as string) : text;
}

function classOf({ inputs }: ExportedResource): [string, Record<string, string>] {
  const { metadata, parameters } = record(inputs);
  const name = record(metadata)["name"];
  return [isText(name) ? name : "", record(parameters) as Record<string, string>];
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
