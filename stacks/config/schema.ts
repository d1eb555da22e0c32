import type { LonghornArgs, LonghornReference, NodeFencingArgs, ObjectStoreArgs, VolumeArgs } from "../../index";

/** Cluster to deploy to. */
export interface ClusterConfig {
  /**
   * Path of a kubeconfig file. A relative path is resolved against the project's folder.
   * @default kubectl's default
   * @example "./kubeconfig"
   */
  kubeconfig?: string;
  /**
   * Context in the kubeconfig file. If set, the stack does not depend on kubectl's current context. Required in production.
   * @default the current context
   * @example "my-cluster"
   */
  context?: string;
}

/** Volume with a size that is known before the update. */
export type VolumeConfig = VolumeArgs & { size: string };

/** Store of the stack, on the Longhorn of the stack. */
export type StoreConfig = Omit<ObjectStoreArgs, "longhorn" | "existingLonghorn"> & {
  volume: VolumeConfig;
};

/** Configuration of a stack: the stores in `stores`, on the Longhorn in `longhorn` or `existingLonghorn`. */
export interface StackConfig {
  /**
   * Whether the stack is a production stack. It then requires a context, and settings that risk data are errors instead of
   * warnings.
   * @default true for stacks named `prod` or `production`; otherwise false
   * @example true
   */
  production?: boolean;
  /** Cluster to deploy to. Required in production. */
  cluster?: ClusterConfig;
  /** Installs Longhorn. A relative path in `chart` is resolved against the project's folder. */
  longhorn?: LonghornArgs;
  /** Uses an existing Longhorn that another stack or another tool installed. */
  existingLonghorn?: LonghornReference;
  /** Creates node fencing for the stores with `Fence` that have no `fencing` of their own. */
  fencing?: NodeFencingArgs;
  /**
   * Stores by name. The names cannot be changed later. By default, each store has a separate namespace.
   * @default none, which is allowed only for a stack that installs Longhorn
   */
  stores: Record<string, StoreConfig>;
  /**
   * Existing objects to adopt: their IDs, by the Pulumi names of the resources that adopt them.
   * @example { "photos-gateway-data": "photos/photos-data" }
   */
  adopt?: Record<string, string>;
}

/** Configuration that may be incomplete. */
export type DraftConfig = Partial<StackConfig>;
