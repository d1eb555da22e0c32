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

/** A field of the contract: the type of its value, and whether it may be missing. */
interface Field<T> {
  readonly type: "string" | "number" | "object";
  readonly isOptional: boolean;
  /** Only for the type checker. */
  readonly of?: T;
}

type OptionalField<T> = Field<T> & { readonly isOptional: true };

const text: Field<string> = { type: "string", isOptional: false };
const number: Field<number> = { type: "number", isOptional: false };
const optionalText: OptionalField<string> = { type: "string", isOptional: true };
const optionalObject = <T extends object>(): OptionalField<T> => ({ type: "object", isOptional: true });

/** The object that a table of fields describes. */
type Described<Fields> = {
  [Name in keyof Fields as Fields[Name] extends { isOptional: true } ? never : Name]: ValueOf<Fields[Name]>;
} & {
  [Name in keyof Fields as Fields[Name] extends { isOptional: true } ? Name : never]?: ValueOf<Fields[Name]>;
};

type ValueOf<F> = F extends Field<infer T> ? T : never;

/** Fields of a Longhorn. */
const longhornFields = {
  namespace: text,
  /** Name of the Helm release; absent where the stack uses a Longhorn that it did not install. */
  releaseName: optionalText,
  /** Version of Longhorn: of the chart that is installed, or as the configuration says. */
  chartVersion: text,
  /** The StorageClass of new volumes. */
  storageClassName: text,
  podDeletionPolicy: text,
  /** Parameters of that StorageClass; absent where nobody has told them, and in the outputs of a stack that is older than this. */
  storageClassParameters: optionalObject<Record<string, string>>(),
  /** URL of the default backup target; absent where there is none, or where the stack is older than this. */
  backupTarget: optionalText,
};

/** Fields of a store. */
export const storeFields = {
  /** URL inside the cluster. */
  endpoint: text,
  namespace: text,
  serviceName: text,
  servicePort: number,
  deploymentName: text,
  persistentVolumeClaimName: text,
  /** The access mode that the volume really has. */
  accessMode: text,
  /** The StorageClass that the volume was made from. */
  storageClassName: text,
  /** Name of the Secret with the first user's keys. */
  credentialsSecretName: text,
  /** The failover decision: `Wait`, `AssumeDead` or `Fence`. */
  onNodeFailure: text,
  /** How long the store is away after a failure, for each failure case; not in the outputs of a stack that is older than this. */
  predictedRecovery: optionalObject<PredictedRecovery>(),
};

/** Fields of a store's keys. */
export const credentialFields = { accessKeyId: text, secretAccessKey: text };

/** The Longhorn that the stores are on. */
export type LonghornOutputs = Described<typeof longhornFields>;

/** One store, without its keys. */
export type StoreOutputs = Described<typeof storeFields>;

/** The keys of a store's first user, an administrator. */
export type StoreCredentials = Described<typeof credentialFields>;

/** Names of a table's fields. */
export function namesOf<Fields extends object>(fields: Fields): (keyof Fields)[] {
  return Object.keys(fields) as (keyof Fields)[];
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

function entriesWrong(path: string, value: unknown, wrong: (name: string, entry: unknown) => string[]): string[] {
  if (!isRecord(value)) return [`${path} is not an object`];
  return Object.entries(value).flatMap(([name, entry]) => wrong(name, entry));
}

function fieldsWrong(path: string, value: unknown, fields: Readonly<Record<string, Field<unknown>>>): string[] {
  if (!isRecord(value)) return [`${path} is not an object`];
  return Object.entries(fields).flatMap(([name, { type, isOptional }]) => {
    const isMissing = value[name] === undefined || value[name] === null;
    if (isOptional && isMissing) return [];
    return typeof value[name] === type ? [] : [`${path}.${name} is not a ${type}`];
  });
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
