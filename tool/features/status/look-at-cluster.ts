import type { Connection } from "../../cluster/connection";
import { onCluster, type OnClusterOptions } from "../../diagnosis/on-cluster";
import type { StatusReport } from "./report";
import { readStatus, type StatusChoice } from "./status";

/**
 * Says of each store of a cluster that is meant whether it would survive a failure now.
 *
 * @throws ToolError where there is no such store, FaultError where the cluster cannot be asked
 */
export function lookAtCluster(
  connection: Connection,
  choice: StatusChoice,
  options: OnClusterOptions,
): Promise<StatusReport> {
  return onCluster(connection, (cluster) => readStatus(cluster, choice), options);
}
