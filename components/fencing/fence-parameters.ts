import { dnsSubdomain } from "../validation/kubernetes-names";
import { entryOf, entryViolations } from "../validation/maps";
import { isPlainObject } from "../validation/property-path";
import { text, type Rule } from "../validation/rules";
import { isSecretName } from "../validation/secrets";
import { hiddenSecret, type Violation } from "../validation/violations";

/** Parameters of a fence agent, as in its arguments. */
export interface FenceParameters {
  sharedParameters?: Readonly<Record<string, string>>;
  nodeParameters?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  credentials?: Readonly<Record<string, unknown>>;
  credentialSecretName?: string;
  nodeCredentialSecretNames?: Readonly<Record<string, string>>;
}

/** Name of a parameter, as on the command line of the fence agent. */
export const parameterName = text(
  /^--[a-z][a-z0-9-]*$/,
  'the name of a parameter with leading dashes, such as "--ip"',
  "--ip",
);

/**
 * Returns the violations of the parameters that are not secret. FenceAgentsRemediation would refuse the same ones when the
 * template is created.
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
  // Values of another type have their own violation.
  return isPlainObject(map) ? Object.fromEntries(Object.entries(map).filter(([name]) => !isSecretName(name))) : map;
}

/** Refuses secrets in plain text: users with read access to the template can read them, and so can readers of Pulumi's state. */
function openSecrets(field: string, map: unknown, instead: "credentials" | "nodeCredentialSecretNames"): Violation[] {
  const names = isPlainObject(map) ? Object.keys(map).filter(isSecretName) : [];
  return names.map((name) => ({
    field: entryOf(field, name),
    got: hiddenSecret,
    allowed: `no secret, because every user with read access to the template could read it; set it in ${instead}`,
    fixes: [
      instead === "credentials"
        ? { field: entryOf(instead, name), value: hiddenSecret, instead: entryOf(field, name) }
        : {
            field: entryOf(instead, "node-1"),
            value: "fence-node-1",
            instead: entryOf(field, name),
            note: "the name of a Secret that contains it",
          },
    ],
  }));
}

/** The only actions that power a node off. */
const action = text(/^(reboot|off)$/, '"reboot" or "off", the only actions of FenceAgentsRemediation', "reboot");
const anyText = text(/^[^\n\0]*$/, "a string", "1", 4096);
const valueOf = (name: string): Rule => (name === "--action" ? action : anyText);

const valuesByNode: Rule = {
  allowed: "a map of values by node name, with at least one entry",
  holds: (value) => isPlainObject(value) && Object.keys(value).length > 0,
  example: { "node-1": "192.0.2.1" },
};

/** Refuses a parameter that is set in plain text and as a secret. */
function givenTwice({ sharedParameters, nodeParameters, credentials }: FenceParameters): Violation[] {
  if (!isPlainObject(credentials)) return [];
  const amongThem = (field: string, map: unknown): Violation[] =>
    Object.keys(isPlainObject(map) ? map : {})
      .filter((name) => name in credentials && !isSecretName(name))
      .map((name) => ({
        field: entryOf(field, name),
        got: (map as Record<string, unknown>)[name],
        allowed: "no parameter that is also set in credentials: FenceAgentsRemediation accepts each parameter once",
        fixes: [{ field: entryOf(field, name) }, { field: entryOf("credentials", name) }],
      }));
  return [...amongThem("sharedParameters", sharedParameters), ...amongThem("nodeParameters", nodeParameters)];
}

/** Refuses parameters that do not distinguish the nodes' machines. An existing Secret may do so: its content is unknown here. */
function sameMachine({ sharedParameters, nodeParameters, credentialSecretName }: FenceParameters): Violation[] {
  const tellsApart =
    Object.keys(nodeParameters ?? {}).length > 0 || namesNode(sharedParameters) || credentialSecretName !== undefined;
  if (tellsApart) return [];
  return [
    {
      field: "nodeParameters",
      got: nodeParameters,
      allowed:
        "a parameter that identifies each node's machine, or {{.NodeName}} in a shared parameter: otherwise the agent would power off the " +
        "same machine for every node",
      fixes: [
        { field: "nodeParameters", value: { "--ip": { "node-1": "192.0.2.1" } } },
        { field: entryOf("sharedParameters", "--plug"), value: "{{.NodeName}}" },
      ],
    },
  ];
}

/** Reports whether a shared parameter contains the node's name. */
function namesNode(sharedParameters: FenceParameters["sharedParameters"]): boolean {
  return Object.values(sharedParameters ?? {}).some((value) => value.includes("{{"));
}

/** Refuses two nodes with equal parameters: the agent would power off the machine of one node and confirm the other. */
function nodesAlike(parameters: FenceParameters): Violation[] {
  const { sharedParameters, nodeParameters, nodeCredentialSecretNames = {} } = parameters;
  if (namesNode(sharedParameters)) return [];
  const maps = Object.entries(nodeParameters ?? {}).filter(([, values]) => isPlainObject(values));
  const nodes = [...new Set(maps.flatMap(([, values]) => Object.keys(values)))];
  const seen = new Map<string, string>();
  return nodes.flatMap((node) => {
    const values = maps.map(([, byNode]) => (Object.hasOwn(byNode, node) ? byNode[node] : undefined));
    // The Secret of a node may contain the parameter that identifies its machine.
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
      `a value that differs from that of node ${JSON.stringify(other)} in at least one parameter: otherwise the agent would power off the ` +
      "machine of one node and confirm that the other is powered off";
    return [
      { field, got: byNode[node], allowed, fixes: [{ field, value: exampleFor(byNode[node], nodes.indexOf(node)) }] },
    ];
  });
}

/** Returns a value that differs from the given one: the next IPv4 address, or the value with a number. */
function exampleFor(value: string | undefined, index: number): string {
  const [, network, host] = /^((?:\d{1,3}\.){3})(\d{1,3})$/.exec(value ?? "") ?? [];
  return network === undefined ? `${value ?? "machine"}-${index + 1}` : `${network}${(Number(host) + index) % 255}`;
}
