import type { PredictedRecovery } from "../failover";

/** Version of the contract below. It rises when something is taken away or changes its meaning, not when something is added. */
export const contractVersion = 1;

/** The outputs of a stack: what other stacks and tools may rely on. */
export interface StackOutputs {
  contractVersion: typeof contractVersion;
  longhorn: LonghornOutputs;
  /** By the name that the store has in the configuration. */
  stores: Record<string, StoreOutputs>;
  /** By the same names. An output of its own, since one secret makes its whole output secret. */
  credentials: Record<string, StoreCredentials>;
}

/** The Longhorn that the stores are on. */
export interface LonghornOutputs {
  namespace: string;
  /** Name of the Helm release; absent where the stack uses a Longhorn that it did not install. */
  releaseName?: string;
  /** Version of Longhorn: of the chart that is installed, or as the configuration says. */
  chartVersion: string;
  /** The StorageClass of new volumes. */
  storageClassName: string;
  podDeletionPolicy: string;
  /** Parameters of that StorageClass; absent where nobody has told them, and in the outputs of a stack that is older than this. */
  storageClassParameters?: Record<string, string>;
  /** URL of the default backup target; absent where there is none, or where the stack is older than this. */
  backupTarget?: string;
}

/** One store, without its keys. */
export interface StoreOutputs {
  /** URL inside the cluster. */
  endpoint: string;
  namespace: string;
  serviceName: string;
  servicePort: number;
  deploymentName: string;
  persistentVolumeClaimName: string;
  /** The access mode that the volume really has. */
  accessMode: string;
  /** The StorageClass that the volume was made from. */
  storageClassName: string;
  /** Name of the Secret with the first user's keys. */
  credentialsSecretName: string;
  /** The failover decision: `Wait`, `AssumeDead` or `Fence`. */
  onNodeFailure: string;
  /** How long the store is away after a failure, for each failure case; not in the outputs of a stack that is older than this. */
  predictedRecovery?: PredictedRecovery;
}

/** The keys of a store's first user, an administrator. */
export interface StoreCredentials {
  accessKeyId: string;
  secretAccessKey: string;
}

/**
 * The outputs as `pulumi stack output --json`, the Automation API or a stack reference gives them. Throws one error that names
 * everything that is not as the contract says; values are not shown, since some are secret.
 */
export function parseStackOutputs(outputs: Readonly<Record<string, unknown>>): StackOutputs {
  const version = outputs["contractVersion"];
  if (version !== contractVersion) {
    throw new Error(
      `these outputs are not of a stack of longhorn-s3, or of another version of it: contractVersion is ` +
        `${JSON.stringify(version) ?? "missing"}, this program understands ${contractVersion}`,
    );
  }
  const wrong = [
    ...longhornWrong(outputs["longhorn"]),
    ...entriesWrong("stores", outputs["stores"], storeWrong),
    ...entriesWrong("credentials", outputs["credentials"], credentialsWrong),
  ];
  if (wrong.length > 0) {
    throw new Error(`these outputs are not as the contract of longhorn-s3 says: ${wrong.join("; ")}`);
  }
  return outputs as unknown as StackOutputs;
}

/** What is not as the contract says of a Longhorn, in words that show no value. */
export function longhornWrong(value: unknown): string[] {
  return fieldsWrong("longhorn", value, longhornFields);
}

/** The same of the store of that name. */
export function storeWrong(name: string, value: unknown): string[] {
  return fieldsWrong(`stores.${name}`, value, storeFields);
}

/** The same of its keys. */
export function credentialsWrong(name: string, value: unknown): string[] {
  return fieldsWrong(`credentials.${name}`, value, credentialFields);
}

type FieldTypes<T> = Record<keyof Required<T>, "string" | "number" | "object?" | "string?">;

const longhornFields: FieldTypes<LonghornOutputs> = {
  namespace: "string",
  releaseName: "string?",
  chartVersion: "string",
  storageClassName: "string",
  podDeletionPolicy: "string",
  storageClassParameters: "object?",
  backupTarget: "string?",
};

/** The fields of a store, each with its type. */
export const storeFields: FieldTypes<StoreOutputs> = {
  endpoint: "string",
  namespace: "string",
  serviceName: "string",
  servicePort: "number",

  deploymentName: "string",
  persistentVolumeClaimName: "string",
  accessMode: "string",
  storageClassName: "string",
  credentialsSecretName: "string",
  onNodeFailure: "string",
  predictedRecovery: "object?",
};

const credentialFields: FieldTypes<StoreCredentials> = { accessKeyId: "string", secretAccessKey: "string" };

function entriesWrong(path: string, value: unknown, wrong: (name: string, entry: unknown) => string[]): string[] {
  if (!isRecord(value)) return [`${path} is not an object`];
  return Object.entries(value).flatMap(([name, entry]) => wrong(name, entry));
}

function fieldsWrong(path: string, value: unknown, fields: Readonly<Record<string, string>>): string[] {
  if (!isRecord(value)) return [`${path} is not an object`];
  return Object.entries(fields).flatMap(([field, type]) => {
    const isMissing = value[field] === undefined || value[field] === null;
    if (type.endsWith("?") && isMissing) return [];
    const wanted = type.replace("?", "");
    return typeof value[field] === wanted ? [] : [`${path}.${field} is not a ${wanted}`];
  });
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
