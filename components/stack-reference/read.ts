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

/** The outputs of another stack cannot be used: says which, and what to do. Pulumi prints the message without a stack trace. */
export class StackReferenceError extends pulumi.RunError {
  override readonly name = "StackReferenceError";
}

/** A store as another stack has it. */
export interface NamedStore {
  name: string;
  outputs: StoreOutputs;
}

/** Why nothing can be known of the stack yet, by its output `contractVersion`; undefined where there is one. */
export function notDeployed(stack: string, version: unknown): string | undefined {
  if (version !== undefined) return undefined;
  return (
    `Stack "${stack}" has no output "contractVersion": it has not been deployed yet, has been destroyed, or is no stack of ` +
    `longhorn-s3. Deploy it in the folder of its project: ${deploy(stack)}`
  );
}

/**
 * Throws where the stack's outputs are of a contract that this program does not understand.
 *
 * @param version its output `contractVersion`
 */
export function requireContract(stack: string, version: unknown): void {
  const missing = notDeployed(stack, version);
  if (missing !== undefined) throw new StackReferenceError(missing);
  if (version === contractVersion) return;
  const found = typeof version === "number" ? `is ${version}` : "is not a number";
  throw new StackReferenceError(
    `Stack "${stack}" has other outputs than this program understands: its output "contractVersion" ${found}, and here it is ` +
      `${contractVersion}. Use the same longhorn-s3 in both: npm install longhorn-s3@VERSION here, or ${deploy(stack)} there`,
  );
}

/**
 * The store of that name among the stack's, or the only one. Throws where there is none, or where it is not as the contract says.
 *
 * @param stores the stack's output `stores`
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
 * The keys of the store. Throws where they are missing; no message shows any of them.
 *
 * @param credentials the stack's output `credentials`
 */
export function credentialsIn(stack: string, credentials: unknown, store: string): StoreCredentials {
  const wrong = isRecord(credentials) ? credentialsWrong(store, credentials[store]) : ["credentials is not an object"];
  if (wrong.length > 0) {
    throw against(stack, wrong, "If its secrets cannot be read here, its passphrase or secrets provider is missing.");
  }
  return (credentials as Record<string, StoreCredentials>)[store] as StoreCredentials;
}

/**
 * The Longhorn of the stack as a store takes it. Throws where it is not as the contract says.
 *
 * @param longhorn the stack's output `longhorn`
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

/** Plain values would be in the plain state of the stack that uses them. */
export function longhornIsSecret(stack: string): StackReferenceError {
  return new StackReferenceError(
    `Stack "${stack}" has its output "longhorn" as a secret, and a store takes plain values only. Export it without pulumi.secret, ` +
      `since there is none in it, then: ${deploy(stack)}`,
  );
}

function onlyStore(stack: string, names: readonly string[]): string {
  const [first, ...others] = names;
  if (first === undefined) {
    throw new StackReferenceError(
      `Stack "${stack}" has no stores: its output "stores" is empty. Give its configuration one, then: ${deploy(stack)}`,
    );
  }
  if (others.length === 0) return first;
  throw new StackReferenceError(
    `Stack "${stack}" has ${names.length} stores: ${names.join(", ")}. Say which one: storeFromStack("${stack}", "${first}")`,
  );
}

function noSuchStore(stack: string, name: string, names: readonly string[]): StackReferenceError {
  const nearest = nearestKey(name, names);
  return new StackReferenceError(
    `Stack "${stack}" has no store "${name}"${nearest === undefined ? "" : `, the nearest is "${nearest}"`}; it has ` +
      `${names.join(", ") || "none"}. Name one of these, or add it to the configuration of the stack, then: ${deploy(stack)}`,
  );
}

function against(stack: string, wrong: readonly string[], hint?: string): StackReferenceError {
  return new StackReferenceError(
    `Stack "${stack}" has outputs that are not as the contract of longhorn-s3 says: ${wrong.join("; ")}. ` +
      `${hint === undefined ? "" : `${hint} `}Deploy it again in the folder of its project: ${deploy(stack)}`,
  );
}

function deploy(stack: string): string {
  return `pulumi up --stack ${stack}`;
}

function isPodDeletionPolicy(policy: string): policy is PodDeletionPolicy {
  return (Object.values(PodDeletionPolicy) as string[]).includes(policy);
}
