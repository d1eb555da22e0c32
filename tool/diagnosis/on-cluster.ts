import { VersionApi } from "@kubernetes/client-node";
import { clusterOf, type Cluster, type Connection } from "../cluster/connection";
import { isApiError } from "../cluster/kubernetes";
import { NoAnswer, within } from "../waiting";
import { faultError, type Fault } from "./fault";
import { throwIfInterrupted, ToolError } from "../errors";
import { noCluster, reasonOf } from "./unreachable-cluster";

/** Options of the work on a cluster. */
export interface OnClusterOptions {
  /** Start of the error message, such as `fence failed`. */
  failed: string;
  /**
   * Time limit of the whole work in seconds, if it only reads.
   *
   * @default only the first response of the cluster is limited, to 15 s
   */
  seconds?: number;
  /** Whether the connection comes from a stack. */
  ofStack?: boolean;
  signal?: AbortSignal;
}

/** Result of reading a cluster, or the reason for a failure. */
export type Look<T> = { isKnown: true; seen: T } | { isKnown: false; fault: Fault; reason: string };

/** Seconds after which an API server counts as unreachable. */
const answerSeconds = 15;

/**
 * Checks that a cluster is reachable, and runs the work.
 *
 * @throws ToolError if the connection names no cluster, FaultError if it is unreachable
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
 * Reads optional information from a stack's cluster: a cluster that is unreachable for `seconds` is not an error.
 *
 * @param signal cancels the read
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

/** Requests the version. A response counts even if the credentials do not allow the request. */
async function answerOf({ config }: Cluster): Promise<void> {
  try {
    await config.makeApiClient(VersionApi).getCode();
  } catch (error) {
    if (!isApiError(error, 403)) throw error;
  }
}

/** Returns whether the error means that the cluster is unreachable. Errors about single objects are left to the work. */
function isOfCluster(error: unknown): boolean {
  if (error instanceof ToolError || !(error instanceof Error)) return false;
  if (isApiError(error)) return [401, 403].includes(error.code) || error.code >= 500;
  return error instanceof NoAnswer || error.name === "FetchError";
}
