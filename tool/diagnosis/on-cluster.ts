import { VersionApi } from "@kubernetes/client-node";
import { clusterOf, type Cluster, type Connection } from "../cluster/connection";
import { isApiError } from "../cluster/kubernetes";
import { NoAnswer, within } from "../waiting";
import { faultError, type Fault } from "./fault";
import { throwIfInterrupted, ToolError } from "../errors";
import { noCluster, reasonOf } from "./no-cluster";

/** Options for the errors of work on a cluster. */
export interface OnClusterOptions {
  /** Start of the message of an error, such as `fence failed`. */
  failed: string;
  /**
   * Timeout of the entire work, if it only reads, in seconds.
   *
   * @default no timeout, except 15 s for the first response of the cluster
   */
  seconds?: number;
  /** Whether the connection comes from a stack's state. */
  ofStack?: boolean;
  signal?: AbortSignal;
}

/** Result of reading a cluster, or the reason why it could not be read. */
export type Look<T> = { isKnown: true; seen: T } | { isKnown: false; fault: Fault; reason: string };

/** Timeout for the first response of the API server. */
const answerSeconds = 15;

/**
 * Checks that the cluster responds, and runs work on it.
 *
 * @throws ToolError if the connection has no cluster, FaultError if the cluster is unreachable
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

/**
 * Reads optional data from a stack's cluster. A cluster that is unreachable or takes longer than `seconds` is no error.
 *
 * @param signal ends the read when aborted
 */
export async function lookAt<T>(
  connection: Connection,
  read: (cluster: Cluster) => Promise<T>,
  seconds: number,
  signal?: AbortSignal,
): Promise<Look<T>> {
  try {
    return { isKnown: true, seen: await within(seconds, read(clusterOf(connection)), signal) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { isKnown: false, fault: noCluster(error), reason };
  }
}

/** Resolves if the API server responds, even if it denies access to the version. */
async function answerOf({ config }: Cluster): Promise<void> {
  try {
    await config.makeApiClient(VersionApi).getCode();
  } catch (error) {
    if (!isApiError(error, 403)) throw error;
  }
}

/**
 * Reports whether an error means that the cluster is unreachable. Errors about single objects are for the work itself.
 */
function isOfCluster(error: unknown): boolean {
  if (error instanceof ToolError || !(error instanceof Error)) return false;
  if (isApiError(error)) return [401, 403].includes(error.code) || error.code >= 500;
  return error instanceof NoAnswer || error.name === "FetchError";
}
