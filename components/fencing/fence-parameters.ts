import { dnsSubdomain } from "../validation/kubernetes-names";
import { entryOf, entryViolations } from "../validation/maps";
import { text, type Rule } from "../validation/rules";
import { hiddenSecret, type Violation } from "../validation/violations";

/** The parameters of a fence agent, as its args have them. */
export interface FenceParameters {
  sharedParameters?: Readonly<Record<string, string>>;
  nodeParameters?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  credentials?: Readonly<Record<string, unknown>>;
  credentialSecretName?: string;
}

/** Name of a parameter, as on the agent's command line. */
export const parameterName = text(/^--[a-z][a-z0-9-]*$/, 'a parameter with its dashes, such as "--ip"', "--ip");

/**
 * Everything that is wrong with the parameters that are no secrets. What is refused here, FenceAgentsRemediation refuses when the
 * template is made, in other words.
 *
 * @see https://github.com/medik8s/fence-agents-remediation/blob/main/api/v1alpha1/fenceagentsremediation_params.go
 */
export function parameterViolations(parameters: FenceParameters): Violation[] {
  const { sharedParameters, nodeParameters } = parameters;
  const malformed = [
    ...entryViolations("sharedParameters", withoutSecrets(sharedParameters), { form: parameterName }, valueOf),
    ...entryViolations("nodeParameters", withoutSecrets(nodeParameters), { form: parameterName }, () => valuesByNode),
  ];
  const entries = malformed.length > 0 ? [] : Object.entries(withoutSecrets(nodeParameters) ?? {});
  return [
    ...malformed,
    ...entries.flatMap(([name, values]) =>
      entryViolations(entryOf("nodeParameters", name), values, { form: dnsSubdomain("node-1") }, () => valueOf(name)),
    ),
    ...openSecrets("sharedParameters", sharedParameters, "credentials"),
    ...openSecrets("nodeParameters", nodeParameters, "nodeCredentialSecretNames"),
    ...givenTwice(parameters),
    ...(malformed.length > 0 ? [] : sameMachine(parameters)),
  ];
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Parameters of fence agents that hold a secret, such as `--password`, `--snmp-priv-passwd`, `--secret-key`. */
const isSecret = (name: string): boolean => /password|passwd|secret|token/.test(name) && !name.endsWith("-script");

function withoutSecrets<T>(map: Readonly<Record<string, T>> | undefined): Readonly<Record<string, T>> | undefined {
  // What is no map is refused as such.
  return isMap(map) ? Object.fromEntries(Object.entries(map).filter(([name]) => !isSecret(name))) : map;
}

/** Secrets in the open: whoever may read the template reads them, and Pulumi's state has them in plain text. */
function openSecrets(field: string, map: unknown, instead: "credentials" | "nodeCredentialSecretNames"): Violation[] {
  const names = isMap(map) ? Object.keys(map).filter(isSecret) : [];
  return names.map((name) => ({
    field: entryOf(field, name),
    got: hiddenSecret,
    allowed: `no secret, since whoever may read the template could read it; it belongs to ${instead}`,
    fixes: [
      instead === "credentials"
        ? { field: entryOf(instead, name), value: hiddenSecret }
        : { field: entryOf(instead, "node-1"), value: "fence-node-1", note: "a Secret of that name has it" },
    ],
  }));
}

/** Other actions leave the node as it is. */
const action = text(/^(reboot|off)$/, '"reboot" or "off": FenceAgentsRemediation takes no other action', "reboot");
const anyText = text(/^[^\n\0]*$/, "a text", "1", 4096);
const valueOf = (name: string): Rule => (name === "--action" ? action : anyText);

const valuesByNode: Rule = {
  allowed: "values by the names of the nodes, one at least",
  holds: (value) => isMap(value) && Object.keys(value).length > 0,
  example: { "node-1": "192.0.2.1" },
};

/** A parameter is either in the open or secret. */
function givenTwice({ sharedParameters, nodeParameters, credentials }: FenceParameters): Violation[] {
  if (!isMap(credentials)) return [];
  const amongThem = (field: string, map: unknown): Violation[] =>
    Object.keys(isMap(map) ? map : {})
      .filter((name) => name in credentials && !isSecret(name))
      .map((name) => ({
        field: entryOf(field, name),
        got: (map as Record<string, unknown>)[name],
        allowed: "no parameter that is among the credentials as well: FenceAgentsRemediation takes each once",
        fixes: [{ field: entryOf(field, name) }, { field: entryOf("credentials", name) }],
      }));
  return [...amongThem("sharedParameters", sharedParameters), ...amongThem("nodeParameters", nodeParameters)];
}

/** Something has to tell the nodes' machines apart. A Secret that is there may do that: nobody can look into it here. */
function sameMachine({ sharedParameters, nodeParameters, credentialSecretName }: FenceParameters): Violation[] {
  const tellsApart =
    Object.keys(nodeParameters ?? {}).length > 0 ||
    Object.values(sharedParameters ?? {}).some((value) => value.includes("{{")) ||
    credentialSecretName !== undefined;
  if (tellsApart) return [];
  return [
    {
      field: "nodeParameters",
      got: nodeParameters,
      allowed:
        "what tells the nodes' machines apart, or {{.NodeName}} in a shared parameter: otherwise the agent would switch the same " +
        "machine, whichever node is silent",
      fixes: [
        { field: "nodeParameters", value: { "--ip": { "node-1": "192.0.2.1" } } },
        { field: entryOf("sharedParameters", "--plug"), value: "{{.NodeName}}" },
      ],
    },
  ];
}
