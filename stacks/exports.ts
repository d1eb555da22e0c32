import * as pulumi from "@pulumi/pulumi";
import type { ObjectStore } from "../index";
import type { StoreConfig } from "./config/schema";
import {
  contractVersion,
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

/** What the program exports: the contract of `outputs.ts`. */
export function stackExports(longhorn: Pending<LonghornOutputs>, stores: readonly BuiltStore[]) {
  return {
    contractVersion,
    longhorn,
    stores: Object.fromEntries(stores.map((built) => [built.name, storeOutputs(built)])),
    credentials: pulumi.secret(Object.fromEntries(stores.map(({ name, store }) => [name, credentialsOf(store)]))),
  };
}

function storeOutputs({ store, config }: BuiltStore): Pending<StoreOutputs> {
  return {
    endpoint: store.endpoint,
    namespace: store.namespace,
    serviceName: store.serviceName,
    servicePort: store.servicePort,
    deploymentName: store.deploymentName,
    persistentVolumeClaimName: store.persistentVolumeClaimName,
    accessMode: store.accessMode,
    storageClassName: store.storageClassName,
    credentialsSecretName: store.credentialsSecretName,
    onNodeFailure: config.failover.onNodeFailure,
    predictedRecovery: store.predictedRecovery,
  };
}

function credentialsOf({ accessKeyId, secretAccessKey }: ObjectStore): Pending<StoreCredentials> {
  return { accessKeyId, secretAccessKey };
}
