import { isAmong } from "./releases";
import type { Releases } from "./setting";

/** A key under `defaultSettings` whose chart writes a name that Longhorn does not know. */
export interface ChartBug extends Releases {
  readonly key: string;
  /** The name that the chart writes. */
  readonly writes: string;
}

/**
 * The keys of charts that do harm, found by comparing the charts' templates with the settings of their manager. Up to 1.9 one
 * unknown name makes the manager drop all settings that the chart writes; from 1.10 on only that entry.
 *
 * @see https://github.com/longhorn/longhorn/issues/6620
 */
export const knownChartBugs: readonly ChartBug[] = [
  { key: "guaranteedEngineManagerCPU", writes: "guaranteed-engine-manager-cpu", first: "1.5.0", last: "1.5.1" },
  { key: "guaranteedReplicaManagerCPU", writes: "guaranteed-replica-manager-cpu", first: "1.5.0", last: "1.5.1" },
  { key: "backupExecutionTimeout", writes: "backup-execute-timeout", first: "1.8.0", last: "1.8.0" },
  { key: "rebuildConcurrentSyncLimit", writes: "rebuild-concurrent-sync-limit", first: "1.11.0" },
];

/** The bug that the chart of a version makes with a key. */
export function chartBugWith(key: string, version: string): ChartBug | undefined {
  return knownChartBugs.find((bug) => bug.key === key && isAmong(version, bug));
}
