import * as pulumi from "@pulumi/pulumi";
import type { LonghornReference } from "../longhorn";
import { knownValue } from "../pulumi-internals";
import { credentialFields, namesOf, storeFields, type StoreCredentials, type StoreOutputs } from "./contract";
import {
  credentialsIn,
  longhornIn,
  longhornIsSecret,
  notDeployed,
  requireContract,
  storeIn,
  type NamedStore,
} from "./read";

/** Store of another stack: each field of `StoreOutputs` as an Output, and the keys. */
export type ReferencedStore = {
  readonly [Field in keyof Required<StoreOutputs>]: pulumi.Output<StoreOutputs[Field]>;
} & {
  /** Keys of the first user, an administrator. Secret. */
  readonly credentials: { readonly [Key in keyof StoreCredentials]: pulumi.Output<string> };
};

/**
 * Returns a store of another stack, whose outputs follow the contract `StackOutputs`. Invalid outputs fail the operation with a
 * `StackReferenceError`, which contains no values. If the stack is not deployed yet, its outputs are unknown in a preview, with
 * a warning; an update fails.
 *
 * @param reference full name of the stack, such as `organization/s3/prod`, or a stack reference
 * @param storeName name of the store in the configuration of that stack; optional if the stack has only one store
 * @param opts options of the stack reference, if it is created here
 * @example
 * const { endpoint, credentials } = storeFromStack("organization/s3/prod", "photos");
 */
export function storeFromStack(
  reference: string | pulumi.StackReference,
  storeName?: string,
  opts: pulumi.CustomResourceOptions = {},
): ReferencedStore {
  const stack = referenceTo(reference, storeName === undefined ? "store" : `stores/${storeName}`, opts);
  const found = pulumi
    .all([stack.name, stack.getOutput("contractVersion"), stack.getOutput("stores")] as pulumi.Input<unknown>[])
    .apply(([name, version, stores]) => {
      const missing = notDeployed(String(name), version);
      if (missing !== undefined && pulumi.runtime.isDryRun()) return unknownYet<NamedStore>(missing, stack);
      requireContract(String(name), version);
      return storeIn(String(name), stores, storeName);
    });
  const keys = pulumi.secret(
    pulumi
      .all([stack.name, found, stack.getOutput("credentials") as pulumi.Output<unknown>])
      .apply(([name, store, credentials]) => credentialsIn(name, credentials, store.name)),
  );
  return {
    ...Object.fromEntries(namesOf(storeFields).map((name) => [name, found.apply(({ outputs }) => outputs[name])])),
    credentials: Object.fromEntries(namesOf(credentialFields).map((name) => [name, keys.apply((all) => all[name])])),
  } as ReferencedStore;
}

/** Options of `longhornFromStack`. */
export interface LonghornFromStackOptions extends pulumi.CustomResourceOptions {
  /**
   * Longhorn to assume in previews while the stack is not deployed. Never used in updates.
   * @default a preview fails like an update
   */
  previewWith?: LonghornReference;
}

/**
 * Returns the Longhorn of another stack, for `existingLonghorn` of an `ObjectStore`. The result is a promise of plain values,
 * not Outputs: the version and the pod deletion policy decide which resources a store creates and which inputs it refuses. The
 * program must therefore be an async function.
 *
 * @param reference full name of the stack, such as `organization/s3/prod`, or a stack reference
 * @param opts options of the stack reference, if it is created here, and the Longhorn to assume in previews
 * @throws StackReferenceError if the stack is not deployed, or if its outputs do not match the contract
 * @example
 * export = async () => {
 *   const existingLonghorn = await longhornFromStack("organization/s3/prod");
 *   new ObjectStore("archive", { existingLonghorn, volume: { size: "1Ti" }, failover: { onNodeFailure: OnNodeFailure.Wait } });
 * };
 */
export async function longhornFromStack(
  reference: string | pulumi.StackReference,
  { previewWith, ...opts }: LonghornFromStackOptions = {},
): Promise<LonghornReference> {
  const stack = referenceTo(reference, "longhorn", opts);
  const name =
    typeof reference === "string"
      ? reference
      : ((await knownValue(reference.name)) ?? "of a name that is not known yet");
  const { value: version } = await plainDetails(stack, "contractVersion");
  const missing = notDeployed(name, version);
  if (missing !== undefined && previewWith !== undefined && pulumi.runtime.isDryRun()) {
    await pulumi.log.warn(`${missing}\nUntil then, previews use previewWith.`, stack);
    return previewWith;
  }
  requireContract(name, version);
  const { value: longhorn, secretValue } = await plainDetails(stack, "longhorn");
  if (secretValue !== undefined) throw longhornIsSecret(name);
  return longhornIn(name, longhorn);
}

/** Returns an output with unchecked values. */
function plainDetails(
  stack: pulumi.StackReference,
  output: string,
): Promise<{ value?: unknown; secretValue?: unknown }> {
  return stack.getOutputDetails(output);
}

/** Returns a stack reference with a unique name per part that is read: a program can read several parts of a stack. */
function referenceTo(
  reference: string | pulumi.StackReference,
  part: string,
  opts: pulumi.CustomResourceOptions,
): pulumi.StackReference {
  if (typeof reference !== "string") return reference;
  return new pulumi.StackReference(`${reference}/${part}`, { name: reference }, opts);
}

/** Returns an unknown value, and warns about the reason in the preview. */
function unknownYet<T>(reason: string, stack: pulumi.StackReference): T {
  void pulumi.log.warn(`${reason}\nUntil then, its outputs are unknown in previews.`, stack);
  return pulumi.unknown as unknown as T;
}
