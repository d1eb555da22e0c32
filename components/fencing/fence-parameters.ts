import { dnsSubdomain } from "../validation/kubernetes-names";
import { entryOf, entryViolations } from "../validation/maps";
import { isPlainObject } from "../validation/property-path";
import { text, type Rule } from "../validation/rules";
import { isSecretName } from "../validation/secrets";
import { hiddenSecret, type Violation } from "../validation/violations";

/** The parameters of a fence agent, as its args have them. */
export interface FenceParameters {
  sharedParameters?: Readonly<Record<string, string>>;
  nodeParameters?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  credentials?: Readonly<Record<string, unknown>>;
  credentialSecretName?: string;
  nodeCredentialSecretNames?: Readonly<Record<string, string>>;
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
    ...(malformed.length > 0 ? [] : [...sameMachine(parameters), ...nodesAlike(parameters)]),
  ];
}

function withoutSecrets<T>(map: Readonly<Record<string, T>> | undefined): Readonly<Record<string, T>> | undefined {
  // What is no map is refused as such.
  return isPlainObject(map) ? Object.fromEntries(Object.entries(map).filter(([name]) => !isSecretName(name))) : map;
}

/** Secrets in the open: whoever may read the template reads them, and Pulumi's state has them in plain text. */
function openSecrets(field: string, map: unknown, instead: "credentials" | "nodeCredentialSecretNames"): Violation[] {
  const names = isPlainObject(map) ? Object.keys(map).filter(isSecretName) : [];
  return names.map((name) => ({
    field: entryOf(field, name),
    got: hiddenSecret,
    allowed: `no secret, since whoever may read the template could read it; it belongs to ${instead}`,
    fixes: [
      instead === "credentials"
        ? { field: entryOf(instead, name), value: hiddenSecret, instead: entryOf(field, name) }
        : {
            field: entryOf(instead, "node-1"),
            value: "fence-node-1",
            instead: entryOf(field, name),
            note: "a Secret of that name has it",
          },
    ],
  }));
}

/** Other actions leave the node as it is. */
const action = text(/^(reboot|off)$/, '"reboot" or "off": FenceAgentsRemediation takes no other action', "reboot");
const anyText = text(/^[^\n\0]*$/, "a text", "1", 4096);
const valueOf = (name: string): Rule => (name === "--action" ? action : anyText);

const valuesByNode: Rule = {
  allowed: "values by the names of the nodes, one at least",
  holds: (value) => isPlainObject(value) && Object.keys(value).length > 0,
  example: { "node-1": "192.0.2.1" },
};

/** A parameter is either in the open or secret. */
function givenTwice({ sharedParameters, nodeParameters, credentials }: FenceParameters): Violation[] {
  if (!isPlainObject(credentials)) return [];
  const amongThem = (field: string, map: unknown): Violation[] =>
    Object.keys(isPlainObject(map) ? map : {})
      .filter((name) => name in credentials && !isSecretName(name))
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
    Object.keys(nodeParameters ?? {}).length > 0 || namesNode(sharedParameters) || credentialSecretName !== undefined;
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

/** Reports whether a shared parameter has the node's name in it. */
function namesNode(sharedParameters: FenceParameters["sharedParameters"]): boolean {
  return Object.values(sharedParameters ?? {}).some((value) => value.includes("{{"));
}

/** Two nodes with the same value in every parameter: the agent would switch the machine of one and confirm the other. */
function nodesAlike(parameters: FenceParameters): Violation[] {
  const { sharedParameters, nodeParameters, nodeCredentialSecretNames = {} } = parameters;
  if (namesNode(sharedParameters)) return [];
  const maps = Object.entries(nodeParameters ?? {}).filter(([, values]) => isPlainObject(values));
  const nodes = [...new Set(maps.flatMap(([, values]) => Object.keys(values)))];
  const seen = new Map<string, string>();
  return nodes.flatMap((node) => {
    const values = maps.map(([, byNode]) => (Object.hasOwn(byNode, node) ? byNode[node] : undefined));
    // A Secret of the node alone may hold what tells the machines apart.
    const secret = isPlainObject(nodeCredentialSecretNames) ? nodeCredentialSecretNames[node] : undefined;
    const key = JSON.stringify([...values, secret ?? null]);
    const other = seen.get(key);
    if (other === undefined) {
      seen.set(key, node);
      return [];
    }
    const [name = "", byNode = {}] = maps.find(([, one]) => Object.hasOwn(one, node)) ?? [];
    const field = entryOf(entryOf("nodeParameters", name), node);
    const allowed =
      `another value than that of node ${JSON.stringify(other)} in at least one parameter: otherwise the agent would switch off the ` +
      "machine of one node and confirm that the other is off";
    return [
      { field, got: byNode[node], allowed, fixes: [{ field, value: exampleFor(byNode[node], nodes.indexOf(node)) }] },
    ];
  });
}

/** A value that differs from the one that was given: the next address after an IPv4 address, else the value with a number. */
function exampleFor(value: string | undefined, index: number): string {
  const [, network, host] = /^((?:\d{1,3}\.){3})(\d{1,3})$/.exec(value ?? "") ?? [];
  return network === undefined ? `${value ?? "machine"}-${index + 1}` : `${network}${(Number(host) + index) % 255}`;
}
