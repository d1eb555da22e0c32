import { isAmong } from "./releases";
import type { Releases } from "./setting";

/** Key of `defaultSettings` that a chart writes under a name that Longhorn does not know. */
export interface ChartBug extends Releases {
  readonly key: string;
  /** Name that the chart writes. */
  readonly writes: string;
}

/**
 * Known bugs of charts, found by comparing their templates with the settings of their manager. Until 1.9, an unknown name makes
 * the manager drop all settings that the chart writes; since 1.10 only that one.
 *
 * @see https://github.com/longhorn/longhorn/issues/6620
 */
export const knownChartBugs: readonly ChartBug[] = [
  { key: "guaranteedEngineManagerCPU", writes: "guaranteed-engine-manager-cpu", first: "1.5.0", last: "1.5.1" },
  { key: "guaranteedReplicaManagerCPU", writes: "guaranteed-replica-manager-cpu", first: "1.5.0", last: "1.5.1" },
  { key: "backupExecutionTimeout", writes: "backup-execute-timeout", first: "1.8.0", last: "1.8.0" },
  { key: "rebuildConcurrentSyncLimit", writes: "rebuild-concurrent-sync-limit", first: "1.11.0" },
];

/** Returns the bug that the chart of a version has with a key; undefined if none. */
export function chartBugWith(key: string, version: string): ChartBug | undefined {
  return knownChartBugs.find((bug) => bug.key === key && isAmong(version, bug));
}
