import type * as pulumi from "@pulumi/pulumi";
import { dnsSubdomain } from "../validation/kubernetes-names";
import { entryOf, entryViolations } from "../validation/maps";
import { check, checkAbsent, checkOptional, checkSecret, text, type Rule } from "../validation/rules";
import { hiddenSecret, within, type Violation } from "../validation/violations";
import { parameterName, parameterViolations } from "./fence-parameters";
import { retryRule, timeoutRule } from "./reference-rules";

/** Fence agent that controls the power of the machines, and its parameters. */
export interface FenceAgentArgs {
  /**
   * Name of the fence agent, such as `fence_ipmilan` or `fence_redfish`.
   * @example "fence_ipmilan"
   */
  agent: string;
  /**
   * Parameters for all nodes, by name with leading dashes, such as `--lanplus`. In a value, `{{.NodeName}}` is replaced by the
   * name of the fenced node.
   * @example { "--action": "reboot" }
   */
  sharedParameters?: { [key: string]: string };
  /**
   * Parameters with a value per node: `{ "--ip": { "node-1": "10.0.0.1" } }`. They override shared parameters. A node without
   * an entry is not fenced.
   * @example { "--ip": { "node-1": "192.0.2.1" } }
   */
  nodeParameters?: { [key: string]: { [key: string]: string } };
  /**
   * Secret parameters for all nodes, such as `--password`. A Kubernetes Secret is created from them. Secret.
   * @secret
   */
  credentials?: { [key: string]: pulumi.Input<string> };
  /**
   * Name of an existing Secret with the parameters, in the namespace of the operator, instead of `credentials`. Its keys are
   * the names of the parameters.
   * @example "fence-agent-credentials"
   */
  credentialSecretName?: string;
  /**
   * Names of existing Secrets in the namespace of the operator, by node. Their parameters override those for all nodes.
   * @example { "node-1": "fence-node-1" }
   */
  nodeCredentialSecretNames?: { [key: string]: string };
  /**
   * Timeout of one attempt, in seconds.
   * @default 60
   */
  timeoutSeconds?: number;
  /**
   * Maximum number of attempts.
   * @default 5
   */
  retryCount?: number;
}

/** Returns the violations of a fence agent if one is required. */
export function fenceAgentViolations(fenceAgent: FenceAgentArgs | undefined): Violation[] {
  if (fenceAgent === undefined) {
    const allowed = 'the fence agent that controls the power of the machines; required with "FenceAgentsRemediation"';
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

/** Refuses a fence agent if it is not used. Its credentials are hidden. */
export function noFenceAgent(fenceAgent: FenceAgentArgs | undefined): Violation[] {
  const shown = fenceAgent?.credentials === undefined ? fenceAgent : { ...fenceAgent, credentials: hiddenSecret };
  return checkAbsent("fenceAgent", shown, 'unset with "SelfNodeRemediation", which does not control power');
}

const agentName = text(/^fence_[a-z0-9_]+$/, 'the name of a fence agent, such as "fence_ipmilan"', "fence_ipmilan");

/** Rule of each credential. */
export const secretValue: Rule = {
  allowed: "a string",
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
      : checkAbsent(
          "credentialSecretName",
          credentialSecretName,
          "unset if credentials is set, from which a Secret is created",
        )),
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
    return [{ field, got: hiddenSecret, allowed: `as the key, ${parameterName.allowed}`, fixes: [{ field }] }];
  });
}
