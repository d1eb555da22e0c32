import type { Connection } from "../../cluster/connection";
import { onCluster, type OnClusterOptions } from "../../diagnosis/on-cluster";
import type { StatusReport } from "./report";
import { readStatus, type StatusChoice } from "./status";

/**
 * Returns for each selected store of a cluster whether it would survive a failure now.
 *
 * @throws ToolError if there is no such store, FaultError if the cluster is unreachable
 */
export function lookAtCluster(
  connection: Connection,
  choice: StatusChoice,
  options: OnClusterOptions,
): Promise<StatusReport> {
  return onCluster(connection, (cluster) => readStatus(cluster, choice), options);
}
