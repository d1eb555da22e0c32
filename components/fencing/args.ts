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

/** Arguments of `NodeFencing`. Fencing acts on nodes, and so on the pods of all teams: create one per cluster. */
export interface NodeFencingArgs {
  /** Operator that proves that a node is off. */
  remediator: Remediator;
  /**
   * Seconds that a node is not ready before it is fenced. Shorter recovers sooner, and fences nodes that would have come back.
   * @default 60
   */
  unhealthySeconds?: number;
  /**
   * Minimum of healthy nodes, as a percentage or a number of nodes. With fewer, no node is fenced, because a network partition is
   * likelier than that many powered-off nodes. A percentage is rounded up to whole nodes. Of two nodes, 51% are both: set "1".
   * @default "51%"
   */
  minHealthy?: string;
  /**
   * Labels of the nodes that may be fenced.
   * @default every node that is no control plane
   * @example { "example.com/pool": "storage" }
   */
  nodeSelector?: { [key: string]: string };
  /**
   * Namespace that the operator runs in, where its templates are looked for.
   * @example "medik8s"
   */
  namespace: string;
  /** How the power is reached, with `FenceAgentsRemediation`. */
  fenceAgent?: FenceAgentArgs;
}

/** `NodeFencingArgs` with every default in its place. */
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
  'a percentage from "1%" to "99%", or a number of nodes from "1" on: with "100%" nobody is fenced, with "0%" everybody is where the ' +
    "network is broken",
  "51%",
);

/** Everything that is wrong with the args of a `NodeFencing`. */
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

/** A `NodeHealthCheck` is refused without a label: one for control planes and others together would do harm. */
function emptySelector(nodeSelector: NodeFencingArgs["nodeSelector"]): Violation[] {
  if (nodeSelector === undefined || Object.keys(nodeSelector).length > 0) return [];
  const allowed = "one label at least, or nothing, for every node that is no control plane";
  const fixes = [{ field: "nodeSelector" }, { field: entryOf("nodeSelector", "storage"), value: "true" }];
  return [{ field: "nodeSelector", got: nodeSelector, allowed, fixes }];
}

/** The args with all defaults; throws every violation at once. */
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

/** What a store needs to know of a fencing with these args. */
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
