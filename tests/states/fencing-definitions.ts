import {
  ApiextensionsV1Api,
  CoreV1Api,
  type KubeConfig,
  type V1CustomResourceDefinition,
  type V1JSONSchemaProps,
} from "@kubernetes/client-node";

const text: V1JSONSchemaProps = { type: "string" };
const listOf = (items: V1JSONSchemaProps): V1JSONSchemaProps => ({ type: "array", items });
const mapOf = (additionalProperties: V1JSONSchemaProps): V1JSONSchemaProps => ({
  type: "object",
  additionalProperties,
});
const object = (properties: Record<string, V1JSONSchemaProps>): V1JSONSchemaProps => ({ type: "object", properties });
const template = (spec: Record<string, V1JSONSchemaProps>): V1JSONSchemaProps =>
  object({ template: object({ spec: object(spec) }) });

/** The kinds of medik8s' operators, with the fields that a fencing sets: the provider leaves out what a definition does not have. */
const definitions = [
  definition(
    "remediation.medik8s.io",
    "NodeHealthCheck",
    "Cluster",
    object({
      minHealthy: { x_kubernetes_int_or_string: true },
      remediationTemplate: object({ apiVersion: text, kind: text, name: text, namespace: text }),
      selector: object({
        matchLabels: mapOf(text),
        matchExpressions: listOf(object({ key: text, operator: text, values: listOf(text) })),
      }),
      unhealthyConditions: listOf(object({ type: text, status: text, duration: text })),
    }),
  ),
  definition(
    "self-node-remediation.medik8s.io",
    "SelfNodeRemediationTemplate",
    "Namespaced",
    template({ remediationStrategy: text }),
  ),
  definition(
    "fence-agents-remediation.medik8s.io",
    "FenceAgentsRemediationTemplate",
    "Namespaced",
    template({
      agent: text,
      remediationStrategy: text,
      retrycount: { type: "integer" },
      retryinterval: text,
      timeout: text,
      sharedSecretName: text,
      sharedparameters: mapOf(text),
      nodeparameters: mapOf(mapOf(text)),
      nodeSecretNames: mapOf(text),
    }),
  ),
];

/** Makes what a fencing needs to be there, without the operators. */
export async function createFencingDefinitions(config: KubeConfig): Promise<void> {
  await config.makeApiClient(CoreV1Api).createNamespace({ body: { metadata: { name: "medik8s" } } });
  const api = config.makeApiClient(ApiextensionsV1Api);
  for (const body of definitions) await api.createCustomResourceDefinition({ body });
}

function definition(group: string, kind: string, scope: string, spec: V1JSONSchemaProps): V1CustomResourceDefinition {
  const singular = kind.toLowerCase();
  const schema = { openAPIV3Schema: object({ spec }) };
  return {
    metadata: { name: `${singular}s.${group}` },
    spec: {
      group,
      scope,
      names: { kind, singular, plural: `${singular}s` },
      versions: [{ name: "v1alpha1", served: true, storage: true, schema }],
    },
  };
}
