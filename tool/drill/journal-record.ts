import { randomBytes } from "node:crypto";
import type { V1ConfigMap } from "@kubernetes/client-node";
import { isRecord } from "../../components/stack-reference/contract";
import { ExitCode, ToolError } from "../errors";
import { journalName } from "../cluster/drill-record";
import { DrillCase } from "./cases";
import { drillPodName } from "./faults/drill-pod";
import type { UndoStep } from "./undo";

/** Description of a drill in its ConfigMap. */
export interface JournalHead {
  case: DrillCase;
  /** Store as `namespace/name`. */
  store: string;
  /** Start time, ISO 8601. */
  startedAt: string;
  /** Operator of the drill, as `user@host`. */
  by: string;
  /** PID of the drill on that host. */
  pid: number;
}

/** Returns a new name for the bucket of a drill. */
export function newDrillBucket(): string {
  return `longhorn-s3-drill-${randomBytes(4).toString("hex")}`;
}

/** Returns the ConfigMap of a drill. */
export function encodeJournal(head: JournalHead, steps: readonly UndoStep[]): V1ConfigMap {
  return {
    metadata: { name: journalName, labels: { "app.kubernetes.io/managed-by": "longhorn-s3" } },
    data: { drill: JSON.stringify(head), undo: JSON.stringify(steps) },
  };
}

/**
 * Reads the description of a drill.
 *
 * @throws ToolError if no drill of a store in the ConfigMap's namespace could have recorded it
 */
export function decodeHead(map: V1ConfigMap): JournalHead {
  const { namespace = "" } = map.metadata ?? {};
  const value = parsed(map, "drill");
  const refusals = refusalsOf("drill", value, headChecks(namespace));
  if (refusals.length > 0) throw refused(namespace, refusals);
  return value as JournalHead;
}

/**
 * Reads the changes to revert. Anyone who can write ConfigMaps in the store's namespace may have written them, while `drill
 * cleanup` runs with administrator rights. If a drill of this store could not have recorded a step, the step is refused and
 * nothing is reverted.
 *
 * @param longhornNamespace namespace of the privileged pods
 * @throws ToolError if no drill of a store in the ConfigMap's namespace could have recorded it
 */
export function decodeSteps(map: V1ConfigMap, head: JournalHead, longhornNamespace: string): UndoStep[] {
  const { namespace = "" } = map.metadata ?? {};
  const steps = parsed(map, "undo");
  if (!Array.isArray(steps)) throw refused(namespace, ["undo must be a list"]);
  const kinds = stepChecks(head, longhornNamespace);
  const refusals = steps.flatMap((step: unknown, index) => {
    const kind = isRecord(step) && typeof step["undo"] === "string" ? step["undo"] : "";
    const checks = Object.hasOwn(kinds, kind) ? kinds[kind as UndoStep["undo"]] : undefined;
    const path = `undo[${index}]`;
    if (checks === undefined) return [`${path}.undo must be one of ${Object.keys(kinds).join(", ")}`];
    return refusalsOf(path, step, { undo: exactly(kind), ...checks });
  });
  if (refusals.length > 0) throw refused(namespace, refusals);
  return steps as UndoStep[];
}

/** Rule for a field. */
interface Check {
  must: string;
  holds: (value: unknown) => boolean;
}

type Checks = Readonly<Record<string, Check>>;

const matching = (must: string, pattern: RegExp): Check => ({
  must,
  holds: (value) => typeof value === "string" && value.length <= 253 && pattern.test(value),
});
const exactly = (text: string): Check => ({ must: `"${text}"`, holds: (value) => value === text });

const name = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const node = matching("the name of a node", new RegExp(`^${name}(\\.${name})*$`));
const time: Check = {
  must: "a time in ISO 8601",
  holds: (value) => typeof value === "string" && new Date(value).toJSON() === value,
};

function headChecks(namespace: string): Checks {
  return {
    case: {
      must: "a case of drill",
      holds: (value) => Object.values<unknown>(DrillCase).includes(value),
    },
    store: {
      must: `a store in namespace ${namespace}`,
      holds: (value) =>
        typeof value === "string" && value.startsWith(`${namespace}/`) && isName(value.slice(namespace.length + 1)),
    },
    startedAt: time,
    by: matching("user@host", /^\S+@\S+$/),
    pid: { must: "the number of a process", holds: (value) => Number.isSafeInteger(value) && Number(value) > 0 },
  };
}

const isName = (text: string): boolean => text.length <= 63 && new RegExp(`^${name}$`).test(text);

/** Returns the rules for the fields of each kind of step, for a drill of this store. */
function stepChecks(head: JournalHead, longhornNamespace: string): Record<UndoStep["undo"], Checks> {
  const [namespace = "", deployment = ""] = head.store.split("/");
  const drillPod: Check = {
    must: `the name of a drill's pod, such as ${drillPodName("NODE")}`,
    holds: (value) =>
      typeof value === "string" &&
      value.startsWith(drillPodName("")) &&
      node.holds(value.slice(drillPodName("").length)),
  };
  return {
    uncordon: { node, store: exactly(head.store) },
    unfence: { node, store: exactly(head.store) },
    "scale-back": { namespace: exactly(namespace), name: exactly(deployment) },
    "delete-pod": { namespace: exactly(longhornNamespace), name: drillPod },
    "delete-ended-pods": { namespace: exactly(namespace), name: exactly(deployment) },
    "end-pressure": { node },
    "start-node": { node },
    "rejoin-node": { node },
    "await-node": { node, since: time },
    "remove-bucket": { bucket: matching("the name of a drill's bucket", /^longhorn-s3-drill-[0-9a-f]{8}$/) },
  };
}

/** Returns the refusals without the values, because an attacker may have chosen them to deceive the operator. */
function refusalsOf(path: string, value: unknown, checks: Checks): string[] {
  if (!isRecord(value)) return [`${path} must be an object`];
  const wrong = Object.entries(checks)
    .filter(([key, { holds }]) => !(Object.hasOwn(value, key) && holds(value[key])))
    .map(([key, { must }]) => `${path}.${key} must be ${must}`);
  const isKnown = Object.keys(value).every((key) => Object.hasOwn(checks, key));
  return isKnown ? wrong : [...wrong, `${path} must have the fields ${Object.keys(checks).join(", ")} only`];
}

function parsed({ data = {} }: V1ConfigMap, key: string): unknown {
  try {
    return JSON.parse(data[key] ?? "") as unknown;
  } catch {
    return undefined;
  }
}

function refused(namespace: string, refusals: readonly string[]): ToolError {
  const lines = [
    `ConfigMap ${namespace}/${journalName} has content that no drill records. Nothing was changed:`,
    ...refusals.map((refusal) => `  - ${refusal}`),
    `Check it, and delete it if no drill is running: kubectl -n ${namespace} delete configmap ${journalName}`,
  ];
  return new ToolError(lines.join("\n"), ExitCode.Refused);
}
