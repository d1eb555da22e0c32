import type * as pulumi from "@pulumi/pulumi";
import { dnsSubdomain } from "../validation/kubernetes-names";
import { entryOf, entryViolations } from "../validation/maps";
import { check, checkAbsent, checkOptional, checkSecret, text, type Rule } from "../validation/rules";
import { hiddenSecret, within, type Violation } from "../validation/violations";
import { parameterName, parameterViolations } from "./fence-parameters";
import { retryRule, timeoutRule } from "./reference-rules";

/** How a fence agent reaches the machines' power. */
export interface FenceAgentArgs {
  /**
   * Name of the fence agent, such as `fence_ipmilan` or `fence_redfish`.
   * @example "fence_ipmilan"
   */
  agent: string;
  /**
   * Parameters for every node, by their names with the dashes, such as `--lanplus`. In a value, `{{.NodeName}}` is the name of the
   * node that is fenced.
   * @example { "--action": "reboot" }
   */
  sharedParameters?: { [key: string]: string };
  /**
   * Parameters with a value for each node: `{ "--ip": { "node-1": "10.0.0.1" } }`. They go before the shared ones. A node that has
   * none here is not switched off.
   * @example { "--ip": { "node-1": "192.0.2.1" } }
   */
  nodeParameters?: { [key: string]: { [key: string]: string } };
  /**
   * Parameters for every node that nobody may read, such as `--password`; a Kubernetes Secret is made for them. Secret.
   * @secret
   */
  credentials?: { [key: string]: pulumi.Input<string> };
  /**
   * Name of a Secret that is there instead, in the agent's namespace, with parameters as keys.
   * @example "fence-agent-credentials"
   */
  credentialSecretName?: string;
  /**
   * Names of Secrets that are there, in the agent's namespace, by node: its own secret parameters, which go before those of all
   * nodes.
   * @example { "node-1": "fence-node-1" }
   */
  nodeCredentialSecretNames?: { [key: string]: string };
  /**
   * Seconds for one try.
   * @default 60
   */
  timeoutSeconds?: number;
  /**
   * How often it is tried.
   * @default 5
   */
  retryCount?: number;
}

/** Everything that is wrong with a fence agent, where one is needed. */
export function fenceAgentViolations(fenceAgent: FenceAgentArgs | undefined): Violation[] {
  if (fenceAgent === undefined) {
    const allowed = 'how the power is reached, with "FenceAgentsRemediation"';
    const example = { agent: "fence_ipmilan", nodeParameters: { "--ip": { "node-1": "192.0.2.1" } } };
    return [{ field: "fenceAgent", got: undefined, allowed, fixes: [{ field: "fenceAgent", value: example }] }];
  }
  const { agent, timeoutSeconds, retryCount } = fenceAgent;
  return within("fenceAgent", [
    ...check("agent", agent, agentName),
    ...parameterViolations(fenceAgent),
    ...credentialViolations(fenceAgent),
    ...checkOptional("timeoutSeconds", timeoutSeconds, timeoutRule),
    ...checkOptional("retryCount", retryCount, retryRule),
  ]);
}

/** A violation if there is a fence agent where none is used. Its credentials are not shown. */
export function noFenceAgent(fenceAgent: FenceAgentArgs | undefined): Violation[] {
  const shown = fenceAgent?.credentials === undefined ? fenceAgent : { ...fenceAgent, credentials: hiddenSecret };
  return checkAbsent("fenceAgent", shown, 'nothing with "SelfNodeRemediation", which switches no power');
}

const agentName = text(/^fence_[a-z0-9_]+$/, 'the name of a fence agent, such as "fence_ipmilan"', "fence_ipmilan");

/** What every credential has to be. */
export const secretValue: Rule = {
  allowed: "a text",
  holds: (value) => typeof value === "string",
  example: hiddenSecret,
};

function credentialViolations(fenceAgent: FenceAgentArgs): Violation[] {
  const { credentials, credentialSecretName, nodeCredentialSecretNames } = fenceAgent;
  const secretName = dnsSubdomain("fence-agent-credentials");
  return [
    ...secretViolations(credentials),
    ...checkOptional("credentialSecretName", credentialSecretName, secretName),
    ...(credentials === undefined
      ? []
      : checkAbsent("credentialSecretName", credentialSecretName, "nothing beside credentials, which make a Secret")),
    ...entryViolations(
      "nodeCredentialSecretNames",
      nodeCredentialSecretNames,
      { form: dnsSubdomain("node-1") },
      () => secretName,
    ),
  ];
}

function secretViolations(credentials: FenceAgentArgs["credentials"]): Violation[] {
  return Object.entries(credentials ?? {}).flatMap(([name, value]) => {
    const field = entryOf("credentials", name);
    if (parameterName.holds(name)) return checkSecret(field, value, secretValue);
    return [{ field, got: hiddenSecret, allowed: `as a key, ${parameterName.allowed}`, fixes: [{ field }] }];
  });
}
