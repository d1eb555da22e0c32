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

/** A part of the contract while its values are not known yet. */
export type Pending<T> = { [Field in keyof T]: pulumi.Input<T[Field]> };

/** A store with the configuration that it was built from. */
export interface BuiltStore {
  name: string;
  config: StoreConfig;
  store: ObjectStore;
}

/** Outputs of the stack, as the contract describes them. */
export function stackExports(longhorn: Pending<LonghornOutputs>, stores: readonly BuiltStore[]) {
  return {
    contractVersion,
    longhorn,
    stores: Object.fromEntries(stores.map((built) => [built.name, storeOutputs(built)])),
    credentials: pulumi.secret(Object.fromEntries(stores.map(({ name, store }) => [name, credentialsOf(store)]))),
  };
}

/** The contract's fields of a store, which are its outputs by the same names, but for the decision that it was built from. */
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
