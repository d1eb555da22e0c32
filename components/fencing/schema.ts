import { mapOf, number, object, secretText, text, textsByName } from "../validation/schema";
import type { FenceAgentArgs } from "./fence-agent";
import type { FencingReference } from "./remediator";

/** Schema of `FencingReference`. */
export const fencingReferenceSchema = object<FencingReference>({
  remediator: text("SelfNodeRemediation"),
  unhealthySeconds: number(60),
  timeoutSeconds: number(60),
  retryCount: number(5),
});

/** Schemas of the inputs of `NodeFencingArgs`. */
export const fencingProperties = {
  remediator: text("SelfNodeRemediation"),
  unhealthySeconds: number(60),
  minHealthy: text("51%"),
  nodeSelector: textsByName("storage"),
  namespace: text("medik8s"),
  fenceAgent: object<FenceAgentArgs>({
    agent: text("fence_ipmilan"),
    sharedParameters: textsByName("reboot"),
    nodeParameters: mapOf(textsByName("192.0.2.1")),
    credentials: mapOf(secretText),
    credentialSecretName: text("fence-agent-credentials"),
    nodeCredentialSecretNames: textsByName("fence-node-1"),
    timeoutSeconds: number(60),
    retryCount: number(5),
  }),
};
