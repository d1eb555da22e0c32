import { VersionApi } from "@kubernetes/client-node";
import { clusterOf, type Cluster, type Connection } from "../cluster/connection";
import { isApiError } from "../cluster/kubernetes";
import { NoAnswer, within } from "../waiting";
import { faultError, type Fault } from "./fault";
import { throwIfInterrupted, ToolError } from "../errors";
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
  signal?: AbortSignal;
}

/** What a look at a cluster came to: what was read, or why nothing could be. */
export type Look<T> = { isKnown: true; seen: T } | { isKnown: false; fault: Fault; reason: string };

/** An API server that does not answer by then does not answer. */
const answerSeconds = 15;

/**
 * Sees that a cluster answers, and works on it.
 *
 * @throws ToolError if the connection names none, FaultError if it cannot be asked
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
 * Reads from a stack's cluster what an operation can do without: a cluster that cannot be asked within `seconds` ends nothing.
 *
 * @param signal ends the look when it is aborted
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

/** Whoever may not ask for the version has an answer, too. */
async function answerOf({ config }: Cluster): Promise<void> {
  try {
    await config.makeApiClient(VersionApi).getCode();
  } catch (error) {
    if (!isApiError(error, 403)) throw error;
  }
}

/** Whether it says that the cluster cannot be asked; what it says about one object is for the work itself to know. */
function isOfCluster(error: unknown): boolean {
  if (error instanceof ToolError || !(error instanceof Error)) return false;
  if (isApiError(error)) return [401, 403].includes(error.code) || error.code >= 500;
  return error instanceof NoAnswer || error.name === "FetchError";
}
