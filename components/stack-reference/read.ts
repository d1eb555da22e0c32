import * as pulumi from "@pulumi/pulumi";
import { PodDeletionPolicy, type LonghornReference } from "../longhorn";
import { nearestKey } from "../validation/nearest-key";
import {
  contractVersion,
  credentialsWrong,
  isRecord,
  longhornWrong,
  storeWrong,
  type LonghornOutputs,
  type StoreCredentials,
  type StoreOutputs,
} from "./contract";

/** Error about unusable outputs of another stack, with the fix. Pulumi prints its message without a stack trace. */
export class StackReferenceError extends pulumi.RunError {
  override readonly name = "StackReferenceError";
}

/** Store of another stack. */
export interface NamedStore {
  name: string;
  outputs: StoreOutputs;
}

/** Returns the reason why nothing is known about a stack yet, given its output `contractVersion`; undefined if it is deployed. */
export function notDeployed(stack: string, version: unknown): string | undefined {
  if (version !== undefined) return undefined;
  return (
    `Stack "${stack}" has no output "contractVersion": it is not deployed yet, has been destroyed, or is not a stack of ` +
    `longhorn-s3. Deploy it from its project directory: ${deploy(stack)}`
  );
}

/**
 * Checks the version of a stack's outputs.
 *
 * @param version output `contractVersion` of the stack
 * @throws StackReferenceError if this program does not support the version
 */
export function requireContract(stack: string, version: unknown): void {
  const missing = notDeployed(stack, version);
  if (missing !== undefined) throw new StackReferenceError(missing);
  if (version === contractVersion) return;
  const found = typeof version === "number" ? `is ${version}` : "is not a number";
  throw new StackReferenceError(
    `Stack "${stack}" has outputs of an unsupported version: its output "contractVersion" ${found}, expected ${contractVersion}. Use ` +
      `the same version of longhorn-s3 in both: npm install longhorn-s3@VERSION here, or ${deploy(stack)} there`,
  );
}

/**
 * Returns the store with a name, or the only store of the stack.
 *
 * @param stores output `stores` of the stack
 * @throws StackReferenceError if there is no such store, or if it does not match the contract
 */
export function storeIn(stack: string, stores: unknown, wanted?: string): NamedStore {
  if (!isRecord(stores)) throw against(stack, ["stores is not an object"]);
  const name = wanted ?? onlyStore(stack, Object.keys(stores));
  if (!Object.hasOwn(stores, name)) throw noSuchStore(stack, name, Object.keys(stores));
  const wrong = storeWrong(name, stores[name]);
  if (wrong.length > 0) throw against(stack, wrong);
  return { name, outputs: stores[name] as StoreOutputs };
}

/**
 * Returns the keys of a store.
 *
 * @param credentials output `credentials` of the stack
 * @throws StackReferenceError if they are missing. It contains no keys.
 */
export function credentialsIn(stack: string, credentials: unknown, store: string): StoreCredentials {
  const wrong = isRecord(credentials) ? credentialsWrong(store, credentials[store]) : ["credentials is not an object"];
  if (wrong.length > 0) {
    throw against(
      stack,
      wrong,
      "If its secrets cannot be decrypted here, configure its passphrase or secrets provider.",
    );
  }
  return (credentials as Record<string, StoreCredentials>)[store] as StoreCredentials;
}

/**
 * Returns the reference to a stack's Longhorn.
 *
 * @param longhorn output `longhorn` of the stack
 * @throws StackReferenceError if it does not match the contract
 */
export function longhornIn(stack: string, longhorn: unknown): LonghornReference {
  const wrong = longhornWrong(longhorn);
  if (wrong.length > 0) throw against(stack, wrong);
  const { namespace, chartVersion, storageClassName, podDeletionPolicy, ...more } = longhorn as LonghornOutputs;
  if (!isPodDeletionPolicy(podDeletionPolicy)) {
    const policies = Object.values(PodDeletionPolicy).join(", ");
    throw against(stack, [`longhorn.podDeletionPolicy is none of ${policies}`]);
  }
  const { storageClassParameters, backupTarget } = more;
  return {
    version: chartVersion,
    storageClassName,
    podDeletionPolicy,
    namespace,
    storageClassParameters,
    backupTarget,
  };
}

/** Returns the error about a secret output `longhorn`. Its plain values would be in plain text in the state of the other stack. */
export function longhornIsSecret(stack: string): StackReferenceError {
  return new StackReferenceError(
    `Stack "${stack}" has a secret output "longhorn", but a store requires plain values. Export it without pulumi.secret, because it ` +
      `contains no secrets, then: ${deploy(stack)}`,
  );
}

function onlyStore(stack: string, names: readonly string[]): string {
  const [first, ...others] = names;
  if (first === undefined) {
    throw new StackReferenceError(
      `Stack "${stack}" has no stores: its output "stores" is empty. Add one to its configuration, then: ${deploy(stack)}`,
    );
  }
  if (others.length === 0) return first;
  throw new StackReferenceError(
    `Stack "${stack}" has ${names.length} stores: ${names.join(", ")}. Name one: storeFromStack("${stack}", "${first}")`,
  );
}

function noSuchStore(stack: string, name: string, names: readonly string[]): StackReferenceError {
  const nearest = nearestKey(name, names);
  return new StackReferenceError(
    `Stack "${stack}" has no store "${name}"${nearest === undefined ? "" : ` (did you mean "${nearest}"?)`}. Its stores: ` +
      `${names.join(", ") || "none"}. Name one of these, or add the store to the configuration of the stack, then: ${deploy(stack)}`,
  );
}

function against(stack: string, wrong: readonly string[], hint?: string): StackReferenceError {
  return new StackReferenceError(
    `Stack "${stack}" has outputs that do not match the contract of longhorn-s3: ${wrong.join("; ")}. ` +
      `${hint === undefined ? "" : `${hint} `}Deploy it again from its project directory: ${deploy(stack)}`,
  );
}

function deploy(stack: string): string {
  return `pulumi up --stack ${stack}`;
}

function isPodDeletionPolicy(policy: string): policy is PodDeletionPolicy {
  return (Object.values(PodDeletionPolicy) as string[]).includes(policy);
}
