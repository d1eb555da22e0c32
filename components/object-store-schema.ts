import { failoverSchema, predictionSchema } from "./failover/schema";
import { sharedSchemas, volumeSchema } from "./gateway/schema";
import { longhornSchema, referenceSchema } from "./longhorn/schema";
import type { ObjectStoreArgs } from "./object-store-args";
import { object, text, trueOrFalse } from "./validation/schema";

const properties = {
  volume: volumeSchema,
  failover: failoverSchema,
  prediction: predictionSchema,
  namespace: text("photos"),
  createNamespace: trueOrFalse(true),
  ...sharedSchemas,
};

/** Schema of `ObjectStoreArgs` for a store whose Longhorn is said elsewhere. */
export const storeSchema = object<Omit<ObjectStoreArgs, "longhorn" | "existingLonghorn">>(properties);

/** Schema of `ObjectStoreArgs`. */
export const objectStoreSchema = object<ObjectStoreArgs>({
  longhorn: longhornSchema,
  existingLonghorn: referenceSchema,
  ...properties,
});
