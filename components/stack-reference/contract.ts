import type { PredictedRecovery } from "../failover";

/**
 * Version of the contract of stack outputs. It increases when an output is removed or changes its meaning, not when one is
 * added.
 */
export const contractVersion = 1;

/** Outputs of a stack, a contract for other stacks and tools. */
export interface StackOutputs {
  contractVersion: typeof contractVersion;
  longhorn: LonghornOutputs;
  /** Outputs of the stores, by their names in the configuration. */
  stores: Record<string, StoreOutputs>;
  /** Keys of the stores, by the same names. They are a separate output, because a secret value makes its whole output secret. */
  credentials: Record<string, StoreCredentials>;
}

/** Field of the contract: type of the value, and whether it is optional. */
interface Field<T> {
  readonly type: "string" | "number" | "object";
  readonly isOptional: boolean;
  /** Used only by the type checker. */
  readonly of?: T;
}

type OptionalField<T> = Field<T> & { readonly isOptional: true };

const text: Field<string> = { type: "string", isOptional: false };
const number: Field<number> = { type: "number", isOptional: false };
const optionalText: OptionalField<string> = { type: "string", isOptional: true };
const optionalObject = <T extends object>(): OptionalField<T> => ({ type: "object", isOptional: true });

/** Object with the fields of a table. */
type Described<Fields> = {
  [Name in keyof Fields as Fields[Name] extends { isOptional: true } ? never : Name]: ValueOf<Fields[Name]>;
} & {
  [Name in keyof Fields as Fields[Name] extends { isOptional: true } ? Name : never]?: ValueOf<Fields[Name]>;
};

type ValueOf<F> = F extends Field<infer T> ? T : never;

/** Fields of a Longhorn. */
const longhornFields = {
  namespace: text,
  /** Name of the Helm release; not set if the stack uses an existing Longhorn. */
  releaseName: optionalText,
  /** Version of Longhorn: that of the installed chart, or of the configuration. */
  chartVersion: text,
  /** Name of the StorageClass for new volumes. */
  storageClassName: text,
  podDeletionPolicy: text,
  /** Parameters of the StorageClass; not set if unknown, or in the outputs of an older version of this package. */
  storageClassParameters: optionalObject<Record<string, string>>(),
  /** URL of the default backup target; not set if there is none, or in the outputs of an older version of this package. */
  backupTarget: optionalText,
};

/** Fields of a store. */
export const storeFields = {
  /** URL of the store inside the cluster. */
  endpoint: text,
  namespace: text,
  serviceName: text,
  servicePort: number,
  deploymentName: text,
  persistentVolumeClaimName: text,
  /** Actual access mode of the volume. */
  accessMode: text,
  /** Name of the StorageClass that the volume was created with. */
  storageClassName: text,
  /** Name of the Secret with the keys of the first user. */
  credentialsSecretName: text,
  /** Failover decision: `Wait`, `AssumeDead` or `Fence`. */
  onNodeFailure: text,
  /** Predicted recovery times, by failure case; not set in the outputs of an older version of this package. */
  predictedRecovery: optionalObject<PredictedRecovery>(),
};

/** Fields of a store's keys. */
export const credentialFields = { accessKeyId: text, secretAccessKey: text };

/** The Longhorn that the stores are on. */
export type LonghornOutputs = Described<typeof longhornFields>;

/** One store, without its keys. */
export type StoreOutputs = Described<typeof storeFields>;

/** Keys of the first user of a store, an administrator. */
export type StoreCredentials = Described<typeof credentialFields>;

/** Returns the names of a table's fields. */
export function namesOf<Fields extends object>(fields: Fields): (keyof Fields)[] {
  return Object.keys(fields) as (keyof Fields)[];
}

/**
 * Validates stack outputs as returned by `pulumi stack output --json`, the Automation API or a stack reference.
 *
 * @throws Error with all violations of the contract. It contains no values, because some are secret.
 */
export function parseStackOutputs(outputs: Readonly<Record<string, unknown>>): StackOutputs {
  const version = outputs["contractVersion"];
  if (version !== contractVersion) {
    throw new Error(
      `these are not outputs of a longhorn-s3 stack, or they are of another version: contractVersion is ` +
        `${JSON.stringify(version) ?? "missing"}, expected ${contractVersion}`,
    );
  }
  const wrong = [
    ...longhornWrong(outputs["longhorn"]),
    ...entriesWrong("stores", outputs["stores"], storeWrong),
    ...entriesWrong("credentials", outputs["credentials"], credentialsWrong),
  ];
  if (wrong.length > 0) {
    throw new Error(`these outputs do not match the contract of longhorn-s3: ${wrong.join("; ")}`);
  }
  return outputs as unknown as StackOutputs;
}

/** Returns the violations of the contract by the output of a Longhorn, without values. */
export function longhornWrong(value: unknown): string[] {
  return fieldsWrong("longhorn", value, longhornFields);
}

/** Returns the violations of the contract by the output of a store, without values. */
export function storeWrong(name: string, value: unknown): string[] {
  return fieldsWrong(`stores.${name}`, value, storeFields);
}

/** Returns the violations of the contract by the keys of a store, without values. */
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
