import { ApiException, VersionApi } from "@kubernetes/client-node";
import { clusterOf, type Cluster, type Connection } from "../cluster/connection";
import { throwIfInterrupted, ToolError } from "../exit-codes";
import { NoAnswer, within } from "../waiting";
import { faultError } from "./fault";
import { noCluster, reasonOf } from "./no-cluster";

/** How work on a cluster is told about where it cannot be done. */
export interface OnClusterOptions {
  /** What then is the matter: `fence failed`. */
  failed: string;
  /**
   * Seconds that the whole work may take, where it only looks.
   * @default the cluster's first answer alone is waited for no longer than 15 s
   */
  seconds?: number;
  /** Whether the connection is a stack's own. */
  ofStack?: boolean;
  signal: AbortSignal;
}

/** An API server that does not answer by then does not answer. */
const answerSeconds = 15;

/**
 * Sees that a cluster answers, and works on it.
 *
 * @throws ToolError where the connection names none, FaultError where it cannot be asked
 */
export async function onCluster<T>(
  connection: Connection,
  work: (cluster: Cluster) => Promise<T>,
  { failed, seconds, ofStack = false, signal }: OnClusterOptions,
): Promise<T> {
  const cluster = clusterOf(connection);
  const fault = (error: unknown): Error =>
    faultError(failed, [reasonOf(error)], [noCluster(error, ofStack ? "the stack's" : "the")]);
  try {
    await within(answerSeconds, answerOf(cluster));
  } catch (error) {
    throwIfInterrupted(signal);
    throw fault(error);
  }
  try {
    return await (seconds === undefined ? work(cluster) : within(seconds, work(cluster)));
  } catch (error) {
    throwIfInterrupted(signal);
    throw isOfCluster(error) ? fault(error) : error;
  }
}

/** Whoever may not ask for the version has an answer, too. */
async function answerOf({ config }: Cluster): Promise<void> {
  try {
    await config.makeApiClient(VersionApi).getCode();
  } catch (error) {
    if (!(error instanceof ApiException && error.code === 403)) throw error;
  }
}

/** Whether it says that the cluster cannot be asked; what it says about one object is for the work itself to know. */
function isOfCluster(error: unknown): boolean {
  if (error instanceof ToolError || !(error instanceof Error)) return false;
  if (error instanceof ApiException) return [401, 403].includes(error.code) || error.code >= 500;
  return error instanceof NoAnswer || error.name === "FetchError";
}
