import type * as pulumi from "@pulumi/pulumi";
import { dnsSubdomain, labelKey, labelValue, namespaceName } from "../kubernetes-names";
import { entryViolations } from "../map-entries";
import { check, checkAbsent, checkOptional, integer, oneOf, text } from "../rules";
import { refuse, within, type Violation } from "../violations";
import { FencingAgent, unhealthyRule } from "./agent";

/** How a fence agent reaches the machines' power. */
export interface FenceAgentArgs {
  /** Name of the fence agent, such as `fence_ipmilan` or `fence_redfish`. */
  agent: string;
  /** Parameters for every node, by their names with the dashes, such as `--lanplus`. */
  sharedParameters?: { [key: string]: string };
  /** Parameters with a value for each node: `{ "--ip": { "node-1": "10.0.0.1" } }`. */
  nodeParameters?: { [key: string]: { [key: string]: string } };
  /**
   * Secret parameters for every node, such as `--password`; a Secret is made for them. In the schema of a stack's configuration they
   * have to be secrets.
   */
  credentials?: { [key: string]: pulumi.Input<string> };
  /** Name of a Secret that is there instead, in the agent's namespace, with parameters as keys. */
  credentialSecretName?: string;
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

/** What a fencing is like. It acts on nodes, and with that on the pods of all teams: a cluster needs one. */
export interface NodeFencingArgs {
  /** Who proves that a node is off. */
  agent: FencingAgent;
  /**
   * Seconds that a node is not ready before it is fenced. Shorter recovers sooner, and fences nodes that would have come back.
   * @default 60
   */
  unhealthySeconds?: number;
  /**
   * The least share of the nodes that has to be healthy, else nobody is fenced: where half of the cluster is silent, it is the
   * network that is broken. A percentage or a number of nodes.
   * @default "51%"
   */
  minHealthy?: string;
  /**
   * Labels of the nodes that may be fenced.
   * @default every node that is no control plane
   */
  nodeSelector?: { [key: string]: string };
  /** Namespace that the operator runs in, where its templates are looked for. */
  namespace: string;
  /** How the power is reached, with `FenceAgentsRemediation`. */
  fenceAgent?: FenceAgentArgs;
}

/** `NodeFencingArgs` with every default in its place. */
export interface ResolvedNodeFencingArgs {
  readonly agent: FencingAgent;
  readonly unhealthySeconds: number;
  readonly minHealthy: string;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly namespace: string;
  readonly fenceAgent?: Readonly<FenceAgentArgs>;
}

const minHealthyRule = text(
  /^(100|[1-9]?\d)%$|^[1-9]\d{0,4}$/,
  'a percentage such as "51%", or a number of nodes',
  "51%",
);

const parameterName = text(/^--[a-z][a-z0-9-]*$/, 'a parameter with its dashes, such as "--ip"', "--ip");

/** Everything that is wrong with the args of a `NodeFencing`. */
export function nodeFencingViolations(args: NodeFencingArgs): Violation[] {
  const { agent, fenceAgent } = args;
  const byAgent = agent === FencingAgent.FenceAgentsRemediation;
  return [
    ...check("agent", agent, oneOf(FencingAgent, FencingAgent.SelfNodeRemediation)),
    ...checkOptional("unhealthySeconds", args.unhealthySeconds, unhealthyRule),
    ...checkOptional("minHealthy", args.minHealthy, minHealthyRule),
    ...entryViolations("nodeSelector", args.nodeSelector, { form: labelKey("storage") }, () => labelValue("true")),
    ...check("namespace", args.namespace, namespaceName("openshift-workload-availability")),
    ...(byAgent ? fenceAgentViolations(fenceAgent) : noFenceAgent(fenceAgent)),
  ];
}

function noFenceAgent(fenceAgent: FenceAgentArgs | undefined): Violation[] {
  return checkAbsent("fenceAgent", fenceAgent, 'nothing with "SelfNodeRemediation", which switches no power');
}

function fenceAgentViolations(fenceAgent: FenceAgentArgs | undefined): Violation[] {
  if (fenceAgent === undefined) {
    const allowed = 'how the power is reached, with "FenceAgentsRemediation"';
    const example = { agent: "fence_ipmilan", nodeParameters: { "--ip": { "node-1": "192.0.2.1" } } };
    return [{ field: "fenceAgent", got: undefined, allowed, fixes: [{ field: "fenceAgent", value: example }] }];
  }
  const { agent, credentials, credentialSecretName, timeoutSeconds, retryCount } = fenceAgent;
  const anyText = text(/^[^\n\0]*$/, "a text", "1", 4096);
  return within("fenceAgent", [
    ...check(
      "agent",
      agent,
      text(/^fence_[a-z0-9_]+$/, 'the name of a fence agent, such as "fence_ipmilan"', "fence_ipmilan"),
    ),
    ...entryViolations("sharedParameters", fenceAgent.sharedParameters, { form: parameterName }, () => anyText),
    ...Object.keys(fenceAgent.nodeParameters ?? {}).flatMap((name) =>
      check(`nodeParameters.${name}`, name, parameterName),
    ),
    ...Object.keys(credentials ?? {}).flatMap((name) => check(`credentials.${name}`, name, parameterName)),
    ...checkOptional("credentialSecretName", credentialSecretName, dnsSubdomain("fence-agent-credentials")),
    ...(credentials === undefined
      ? []
      : checkAbsent("credentialSecretName", credentialSecretName, "nothing beside credentials, which make a Secret")),
    ...checkOptional("timeoutSeconds", timeoutSeconds, integer(1, 600, "seconds", 60)),
    ...checkOptional("retryCount", retryCount, integer(1, 100, "tries", 5)),
  ]);
}

/** The args with all defaults; throws every violation at once. */
export function resolveNodeFencingArgs(name: string, args: NodeFencingArgs): ResolvedNodeFencingArgs {
  refuse(`NodeFencing "${name}"`, nodeFencingViolations(args));
  const { agent, unhealthySeconds = 60, minHealthy = "51%", nodeSelector, namespace, fenceAgent } = args;
  return Object.freeze({ agent, unhealthySeconds, minHealthy, nodeSelector, namespace, fenceAgent });
}
