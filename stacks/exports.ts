import * as pulumi from "@pulumi/pulumi";
import type { ObjectStore } from "../index";
import type { StoreConfig } from "./config/schema";
import {
  contractVersion,
  credentialFields,
  namesOf,
  storeFields,
  type LonghornOutputs,
  type StoreCredentials,
  type StoreOutputs,
} from "../components/stack-reference/contract";

/** Part of the contract with values that may not be known yet. */
export type Pending<T> = { [Field in keyof T]: pulumi.Input<T[Field]> };

/** Store and its configuration. */
export interface BuiltStore {
  name: string;
  config: StoreConfig;
  store: ObjectStore;
}

/** Returns the outputs of the stack according to the contract. */
export function stackExports(longhorn: Pending<LonghornOutputs>, stores: readonly BuiltStore[]) {
  return {
    contractVersion,
    longhorn,
    stores: Object.fromEntries(stores.map((built) => [built.name, storeOutputs(built)])),
    credentials: pulumi.secret(Object.fromEntries(stores.map(({ name, store }) => [name, credentialsOf(store)]))),
  };
}

/**
 * Returns the outputs of a store. The fields of the contract are outputs of the component by the same names, except for the
 * failover decision.
 */
function storeOutputs({ store, config }: BuiltStore): Pending<StoreOutputs> {
  const { onNodeFailure } = config.failover;
  const { onNodeFailure: _, ...ofStore } = storeFields;
  return { ...pick(store, namesOf(ofStore)), onNodeFailure };
}

function credentialsOf(store: ObjectStore): Pending<StoreCredentials> {
  return pick(store, namesOf(credentialFields));
}

function pick<From, Name extends keyof From>(from: From, names: readonly Name[]): Pick<From, Name> {
  return Object.fromEntries(names.map((name) => [name, from[name]])) as Pick<From, Name>;
}
