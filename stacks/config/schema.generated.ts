// Made by `npm run generate` from the types and tags of the inputs: a change belongs there.
import {
  longhornSchema,
  longhornReferenceSchema,
  failoverSchema,
  predictionSchema,
  volumeSchema,
  gatewaySchema,
  podSchema,
  serviceSchema,
  nodeFencingSchema,
} from "../../components/input-schemas.generated";
import type { Schema } from "../../components/validation/schema";

/** Schema of the stack's configuration. */
export const configSchema: Schema = {
  type: "object",
  properties: {
    production: { type: "boolean", examples: [true] },
    cluster: {
      type: "object",
      properties: {
        kubeconfig: { type: "string", examples: ["./kubeconfig"] },
        context: { type: "string", examples: ["my-cluster"] },
      },
      additionalProperties: false,
    },
    longhorn: longhornSchema,
    existingLonghorn: longhornReferenceSchema,
    fencing: nodeFencingSchema,
    stores: {
      type: "object",
      additionalProperties: {
        type: "object",
        properties: {
          failover: failoverSchema,
          prediction: predictionSchema,
          namespace: { type: "string", examples: ["photos"] },
          createNamespace: { type: "boolean", examples: [true] },
          volume: volumeSchema,
          gateway: gatewaySchema,
          pod: podSchema,
          service: serviceSchema,
          dnsNames: { type: "array", items: { type: "string", examples: ["s3.example.com"] } },
          labels: { type: "object", additionalProperties: { type: "string", examples: ["storage"] } },
          annotations: { type: "object", additionalProperties: { type: "string", examples: ["storage"] } },
          clusterDomain: { type: "string", examples: ["cluster.local"] },
          deletionProtection: { type: "boolean", examples: [true] },
        },
        additionalProperties: false,
      },
    },
    adopt: { type: "object", additionalProperties: { type: "string", examples: ["photos/photos-data"] } },
  },
  additionalProperties: false,
};
