import type { DrillReport } from "./report";

/** Something that two drills did not have in common. */
export interface DifferentCondition {
  what: string;
  before: string;
  after: string;
  /** Whether the two cannot be compared for it; else it may be just what somebody wants to compare. */
  forbidsComparison: boolean;
}

/** What differs between two drills, besides what was measured; what forbids a comparison first. */
export function differentConditions(before: DrillReport, after: DrillReport): DifferentCondition[] {
  const others = new Map(conditionsOf(after).map(([what, value]) => [what, value]));
  return conditionsOf(before)
    .map(([what, value, forbidsComparison]) => ({
      what,
      before: value,
      after: others.get(what) ?? "",
      forbidsComparison,
    }))
    .filter(({ before: one, after: other }) => one !== other);
}

type Condition = readonly [what: string, value: string, forbidsComparison: boolean];

function conditionsOf({ case: drillCase, method, store, cluster, load }: DrillReport): Condition[] {
  const { tolerationSeconds, terminationGracePeriodSeconds } = store;
  const rates = Object.entries(load.perSecond).map(([kind, rate]) => `${kind} ${rate}`);
  return [
    ["case", drillCase, true],
    ["method", method.name, true],
    ["profile", cluster.sandboxProfile ?? "none: a cluster", true],
    ["failover decision", store.onNodeFailure, true],
    ["requests a second", rates.sort().join(", "), true],
    ["bytes of an object", String(load.objectBytes), true],
    ["bytes of an upload in parts", String(load.multipartBytes), true],
    ["store", `${store.namespace}/${store.name}`, false],
    ["access mode", store.accessMode, false],
    ["toleration", tolerationSeconds === undefined ? "for ever" : `${tolerationSeconds} s`, false],
    ["time to stop", `${terminationGracePeriodSeconds} s`, false],
    ["podDeletionPolicy", store.podDeletionPolicy, false],
    ["API server", cluster.server, false],
    ["Kubernetes", cluster.kubernetesVersion, false],
    ["Longhorn", cluster.longhornVersion, false],
    ["nodes", String(cluster.nodes), false],
  ];
}
