import { isPlainObject, valueAt, withValueAt } from "./validation/property-path";
import type { Violation } from "./validation/violations";

/** Former and current name of an input, as property paths in the arguments of a component. */
export interface Rename {
  readonly old: string;
  readonly new: string;
}

const shared: readonly Rename[] = [
  { old: "serviceName", new: "service.name" },
  { old: "image", new: "gateway.image.reference" },
  { old: "imagePullSecrets", new: "gateway.image.pullSecrets" },
  { old: "prePullImage", new: "gateway.image.prePull" },
  { old: "imageChange", new: "gateway.image.upgrade" },
  { old: "imageChange.snapshot", new: "gateway.image.upgrade.snapshot" },
  { old: "imageChange.withoutSnapshot", new: "gateway.image.upgrade.skipSnapshotFor" },
  { old: "credentials", new: "gateway.credentials" },
  { old: "logLevel", new: "gateway.s3gw.logLevel" },
  { old: "radosgwArguments", new: "gateway.s3gw.arguments" },
  { old: "resources", new: "pod.resources" },
  { old: "nodeSelector", new: "pod.nodeSelector" },
  { old: "affinity", new: "pod.affinity" },
  { old: "tolerations", new: "pod.tolerations" },
  { old: "priorityClassName", new: "pod.priorityClassName" },
  { old: "environment", new: "pod.env" },
];

/** All renames, by the component that has the input; renamed types by their TypeScript names. */
export const renames = {
  store: [
    ...shared,
    { old: "failover.prediction", new: "prediction" },
    { old: "failover.unresponsiveSeconds", new: "failover.livenessFailureSeconds" },
    { old: "failover.fencing.agent", new: "failover.fencing.remediator" },
  ],
  gateway: [
    ...shared,
    { old: "evictAfterSeconds", new: "tolerationSeconds" },
    { old: "unresponsiveSeconds", new: "livenessFailureSeconds" },
  ],
  fencing: [{ old: "agent", new: "remediator" }],
  types: [
    { old: "FencingAgent", new: "Remediator" },
    { old: "GatewayCommonArgs", new: "SharedArgs" },
    { old: "GatewayPodArgs", new: "PodArgs" },
    { old: "ImageChangeArgs", new: "ImageUpgradeArgs" },
    { old: "LabelRequirementArgs", new: "NodeSelectorRequirementArgs" },
    { old: "LabelRequirementArgs", new: "LabelSelectorRequirementArgs" },
    { old: "PreferredNodeArgs", new: "PreferredSchedulingTermArgs" },
    { old: "PreferredPodsArgs", new: "WeightedPodAffinityTermArgs" },
    { old: "SelectorOperator", new: "NodeSelectorOperator" },
    { old: "SelectorOperator", new: "LabelSelectorOperator" },
    { old: "ResourcesArgs", new: "ResourceRequirementsArgs" },
  ],
} as const satisfies Record<string, readonly Rename[]>;

/** Value that was set under a former name. */
export interface Move {
  readonly from: string;
  readonly to: string;
  readonly value: unknown;
  /** Whether the current name has a value too. */
  readonly isTaken: boolean;
}

/** Returns the inputs under their current names, and the values that were set under former names. */
export function withNewNames<Inputs>(inputs: Inputs, rows: readonly Rename[]): { inputs: Inputs; moves: Move[] } {
  const known = [...rows, ...halfway(rows)];
  const moves = known.flatMap(({ old, new: to }): Move[] => {
    const value = valueAt(inputs, segments(old));
    if (value === undefined || isMovedOtherwise(inputs, old, known)) return [];
    return [{ from: old, to, value, isTaken: valueAt(inputs, segments(to)) !== undefined }];
  });
  const moved = moves.reduce<unknown>((soFar, { from, to, value, isTaken }) => {
    const without = withValueAt(soFar, segments(from), undefined);
    return isTaken ? without : withValueAt(without, segments(to), value);
  }, inputs);
  const emptied = known.filter(({ old }) => isEmpty(valueAt(moved, segments(old))));
  return {
    inputs: emptied.reduce((soFar, { old }) => withValueAt(soFar, segments(old), undefined), moved) as Inputs,
    moves,
  };
}

/** Returns a violation for each value under a former name. */
export function renameViolations(moves: readonly Move[]): Violation[] {
  return moves.map(({ from, to, value, isTaken }) => ({
    field: from,
    got: value,
    allowed: `unset, because the input was renamed to ${to}`,
    fixes: [isTaken ? { field: from } : { field: to, value, instead: from }],
  }));
}

/** Returns former names that are already used inside the object of the current name, such as `pod.environment`. */
function halfway(rows: readonly Rename[]): Rename[] {
  return rows.flatMap(({ old, new: to }) => {
    const [name = ""] = segments(old).slice(-1);
    const place = [...segments(to).slice(0, -1), name].join(".");
    return place === to || rows.some((row) => row.old === place) ? [] : [{ old: place, new: to }];
  });
}

/** Reports whether a value is moved by another rename: key by key, or with the object that contains it. */
function isMovedOtherwise(inputs: unknown, path: string, rows: readonly Rename[]): boolean {
  const isOneByOne = (old: string): boolean => {
    const value = valueAt(inputs, segments(old));
    const keys = isPlainObject(value) ? Object.keys(value) : [];
    return keys.length > 0 && keys.every((key) => rows.some((row) => row.old === `${old}.${key}`));
  };
  const parents = rows.filter(({ old }) => path.startsWith(`${old}.`));
  return isOneByOne(path) || parents.some(({ old }) => !isOneByOne(old));
}

function isEmpty(value: unknown): boolean {
  return isPlainObject(value) && Object.keys(value).length === 0;
}

function segments(path: string): string[] {
  return path.split(".");
}
