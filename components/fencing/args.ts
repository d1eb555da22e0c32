import { nodeFencingSchema } from "../input-schemas.generated";
import { inputViolations } from "../input-violations";
import { renames } from "../renames";
import { labelKey, labelValue, namespaceName } from "../validation/kubernetes-names";
import { entryOf, entryViolations } from "../validation/maps";
import { check, checkOptional, oneOf, text } from "../validation/rules";
import { refuse, type Violation } from "../validation/violations";
import { fenceAgentViolations, noFenceAgent, type FenceAgentArgs } from "./fence-agent";
import { unhealthyRule } from "./reference-rules";
import { Remediator, type FencingReference } from "./remediator";

/** Arguments of `NodeFencing`. Fencing acts on nodes, and therefore on the pods of all teams: create one per cluster. */
export interface NodeFencingArgs {
  /** Operator that powers nodes off or confirms that they are. */
  remediator: Remediator;
  /**
   * Seconds for which a node must be NotReady before it is fenced. A lower value recovers sooner, but also fences nodes that
   * would have returned.
   * @default 60
   */
  unhealthySeconds?: number;
  /**
   * Minimum number of healthy nodes, as a percentage or a number. With fewer healthy nodes, no node is fenced, because a
   * network partition is more likely than that many failed nodes. A percentage is rounded up. In a cluster of two nodes, 51%
   * means both: set "1".
   * @default "51%"
   */
  minHealthy?: string;
  /**
   * Labels of the nodes that may be fenced.
   * @default all nodes except control plane nodes
   * @example { "example.com/pool": "storage" }
   */
  nodeSelector?: { [key: string]: string };
  /**
   * Namespace of the remediator's operator, which reads its templates there.
   * @example "medik8s"
   */
  namespace: string;
  /** Fence agent that controls the power of the machines. Required with `FenceAgentsRemediation`. */
  fenceAgent?: FenceAgentArgs;
}

/** `NodeFencingArgs` with defaults applied. */
export interface ResolvedNodeFencingArgs {
  readonly remediator: Remediator;
  readonly unhealthySeconds: number;
  readonly minHealthy: string;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  readonly namespace: string;
  readonly fenceAgent?: Readonly<FenceAgentArgs>;
}

const defaultUnhealthySeconds = 60;

const minHealthyRule = text(
  /^[1-9]\d?%$|^[1-9]\d{0,4}$/,
  'a percentage from "1%" to "99%", or a number of nodes, at least "1": "100%" prevents all fencing, and "0%" fences all nodes in a ' +
    "network partition",
  "51%",
);

/** Returns the violations of the arguments of a `NodeFencing`. */
export function nodeFencingViolations(args: NodeFencingArgs): Violation[] {
  const examples = { remediator: Remediator.SelfNodeRemediation, namespace: "medik8s" };
  const rules = {
    renames: renames.fencing,
    schema: nodeFencingSchema,
    examples,
  };
  return inputViolations(args, rules, violationsOf);
}

function violationsOf(args: NodeFencingArgs): Violation[] {
  const { remediator, fenceAgent } = args;
  const byAgent = remediator === Remediator.FenceAgentsRemediation;
  return [
    ...check("remediator", remediator, oneOf(Remediator, Remediator.SelfNodeRemediation)),
    ...checkOptional("unhealthySeconds", args.unhealthySeconds, unhealthyRule),
    ...checkOptional("minHealthy", args.minHealthy, minHealthyRule),
    ...emptySelector(args.nodeSelector),
    ...entryViolations("nodeSelector", args.nodeSelector, { form: labelKey("storage") }, () => labelValue("true")),
    ...check("namespace", args.namespace, namespaceName("openshift-workload-availability")),
    ...(byAgent ? fenceAgentViolations(fenceAgent) : noFenceAgent(fenceAgent)),
  ];
}

/** Refuses an empty selector: medik8s refuses a `NodeHealthCheck` that selects control plane nodes and workers together. */
function emptySelector(nodeSelector: NodeFencingArgs["nodeSelector"]): Violation[] {
  if (nodeSelector === undefined || Object.keys(nodeSelector).length > 0) return [];
  const allowed = "at least one label, or unset to select all nodes except control plane nodes";
  const fixes = [{ field: "nodeSelector" }, { field: entryOf("nodeSelector", "storage"), value: "true" }];
  return [{ field: "nodeSelector", got: nodeSelector, allowed, fixes }];
}

/**
 * Returns the arguments with all defaults.
 *
 * @throws InvalidArgsError with all violations
 */
export function resolveNodeFencingArgs(name: string, args: NodeFencingArgs): ResolvedNodeFencingArgs {
  refuse(`NodeFencing "${name}"`, nodeFencingViolations(args));
  const {
    remediator,
    unhealthySeconds = defaultUnhealthySeconds,
    minHealthy = "51%",
    nodeSelector,
    namespace,
    fenceAgent,
  } = args;
  return Object.freeze({ remediator, unhealthySeconds, minHealthy, nodeSelector, namespace, fenceAgent });
}

/** Returns the reference for stores to a fencing with these arguments. */
export function referenceTo({
  remediator,
  unhealthySeconds = defaultUnhealthySeconds,
  fenceAgent,
}: NodeFencingArgs): FencingReference {
  const { timeoutSeconds, retryCount } = fenceAgent ?? {};
  return {
    remediator,
    unhealthySeconds,
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
    ...(retryCount !== undefined && { retryCount }),
  };
}
