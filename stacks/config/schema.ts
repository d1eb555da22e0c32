import { fencingSchema } from "../../components/fencing/args";
import { longhornSchema, referenceSchema } from "../../components/longhorn";
import { storeSchema } from "../../components/object-store-args";
import { mapOf, object, text, textsByName, trueOrFalse, type SchemaOf } from "../../components/validation/schema";
import type { LonghornArgs, LonghornReference, NodeFencingArgs, ObjectStoreArgs, VolumeArgs } from "../../index";

/** The cluster to deploy to. */
export interface ClusterConfig {
  /**
   * Path of a kubeconfig file; a relative one counts from the project's folder.
   * @default the one that kubectl would use
   */
  kubeconfig?: string;
  /**
   * Context in it. Named, the stack goes to the same cluster whatever kubectl was last pointed to; required in production.
   * @default its current one
   */
  context?: string;
}

/** A volume whose size is known before the update. */
export type VolumeConfig = VolumeArgs & { size: string };

/** One store of the stack. The Longhorn below is the stack's. */
export type StoreConfig = Omit<ObjectStoreArgs, "longhorn" | "existingLonghorn"> & {
  volume: VolumeConfig;
};

/** What a stack deploys: the stores of `stores` on the one Longhorn of `longhorn` or `existingLonghorn`. */
export interface StackConfig {
  /**
   * Whether the stack is production: it needs a context of its own, and what would lose data is refused instead of warned of.
   * @default true for a stack named `prod` or `production`, false for any other
   */
  production?: boolean;
  /** The cluster to deploy to. Required in production. */
  cluster?: ClusterConfig;
  /** Installs Longhorn. A path in `chart` counts from the project's folder where it is relative. */
  longhorn?: LonghornArgs;
  /** Uses a Longhorn that is there, installed by another stack or by hand. */
  existingLonghorn?: LonghornReference;
  /** Makes the fencing of nodes, for the stores with `Fence` that name none themselves. */
  fencing?: NodeFencingArgs;
  /**
   * The stores, by names that are theirs for good. Each gets a namespace of its own.
   * @default none, which only a stack that installs Longhorn may have
   */
  stores: Record<string, StoreConfig>;
  /** Objects that exist and are taken over, by the Pulumi names of the resources that they become. */
  adopt?: Record<string, string>;
}

/** A configuration that has not been found whole yet. */
export type DraftConfig = Partial<StackConfig>;

/** The schema of the stack's configuration, every key of it. */
export const configSchema = object<StackConfig>({
  production: trueOrFalse(true),
  cluster: object<ClusterConfig>({ kubeconfig: text("./kubeconfig"), context: text("my-cluster") }),
  longhorn: longhornSchema,
  existingLonghorn: referenceSchema,
  fencing: fencingSchema,
  // The size of a volume and the image are no Outputs here.
  stores: mapOf(storeSchema as SchemaOf<StoreConfig>),
  adopt: textsByName("photos/photos-data"),
});
