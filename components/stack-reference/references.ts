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

/** A store of another stack: the fields of `StoreOutputs`, each as an Output, and its keys. */
export type ReferencedStore = {
  readonly [Field in keyof Required<StoreOutputs>]: pulumi.Output<StoreOutputs[Field]>;
} & {
  /** The keys of the first user, an administrator. Secret. */
  readonly credentials: { readonly [Key in keyof StoreCredentials]: pulumi.Output<string> };
};

/**
 * A store of another stack, whose outputs follow the contract of `StackOutputs`. What is wrong with them fails the operation with
 * a `StackReferenceError`, which shows no value. In a preview, the store of a stack that is not deployed yet is unknown, and a
 * warning says so; an update refuses.
 *
 * @param reference the stack's full name, as in `organization/s3/prod`, or a reference to it
 * @param storeName name of the store in that stack's configuration; may be left out where the stack has one store
 * @param opts options of the stack reference that is made for a name
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

export interface LonghornFromStackOptions extends pulumi.CustomResourceOptions {
  /**
   * Stands for the Longhorn in previews as long as the stack is not deployed; never in an update.
   * @default a preview refuses as an update does
   */
  previewWith?: LonghornReference;
}

/**
 * The Longhorn of another stack, for `existingLonghorn` of an `ObjectStore`. It is a promise of plain values, not of Outputs: by its
 * version and its pod deletion policy a store decides which objects there are, and what it refuses, before any of them is made. So the
 * program that awaits it is an async function.
 *
 * @param reference the stack's full name, as in `organization/s3/prod`, or a reference to it
 * @param opts options of the stack reference that is made for a name, and what stands for the Longhorn in a preview
 * @throws StackReferenceError where the stack is not deployed, or its outputs are not as the contract says
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
    await pulumi.log.warn(`${missing}\nUntil then, this preview goes by what previewWith says.`, stack);
    return previewWith;
  }
  requireContract(name, version);
  const { value: longhorn, secretValue } = await plainDetails(stack, "longhorn");
  if (secretValue !== undefined) throw longhornIsSecret(name);
  return longhornIn(name, longhorn);
}

/** An output whose values nobody has looked into yet. */
function plainDetails(
  stack: pulumi.StackReference,
  output: string,
): Promise<{ value?: unknown; secretValue?: unknown }> {
  return stack.getOutputDetails(output);
}

/** With a name of its own for each part that is read, since a program can read several of one stack. */
function referenceTo(
  reference: string | pulumi.StackReference,
  part: string,
  opts: pulumi.CustomResourceOptions,
): pulumi.StackReference {
  if (typeof reference !== "string") return reference;
  return new pulumi.StackReference(`${reference}/${part}`, { name: reference }, opts);
}

/** Says in a preview why nothing is known. */
function unknownYet<T>(reason: string, stack: pulumi.StackReference): T {
  void pulumi.log.warn(`${reason}\nUntil then, this preview takes its outputs as unknown.`, stack);
  return pulumi.unknown as unknown as T;
}
