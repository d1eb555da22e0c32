import { fencingReferenceSchema } from "../fencing/schema";
import { number, object, text, trueOrFalse } from "../validation/schema";
import type { FailoverArgs } from "./args";
import type { PredictionArgs } from "./prediction";

/** Schema of `FailoverArgs`. */
export const failoverSchema = object<FailoverArgs>({
  onNodeFailure: text("Wait"),
  acceptDataLossIfNodeIsAlive: trueOrFalse(false),
  speed: text("Balanced"),
  tolerationSeconds: number(30),
  terminationGracePeriodSeconds: number(10),
  livenessFailureSeconds: number(60),
  fencing: fencingReferenceSchema,
});

/** Schema of `PredictionArgs`. */
export const predictionSchema = object<PredictionArgs>({
  kubernetesVersion: text("1.36"),
  nodeMonitorGracePeriodSeconds: number(50),
  attachDetachReconcileSyncPeriodSeconds: number(60),
  nodes: number(3),
  objects: number(100_000),
});
