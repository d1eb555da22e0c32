import type { Cluster } from "../../cluster/connection";
import { ExitCode, ToolError } from "../../errors";
import { judgeStore } from "./assess";
import { readStatusFacts } from "./read";
import { statusVersion, type StatusReport } from "./report";

/** Selected stores; all of the cluster by default. */
export interface StatusChoice {
  namespace?: string;
  /** Name of its Service. */
  name?: string;
  /** For a stack: only these, as `namespace/name`. */
  among?: readonly string[];
  stack?: string;
}

/**
 * Returns for each store whether it would survive a failure now. Only reads.
 *
 * @throws ToolError if there is no such store
 */
export async function readStatus({ config, reachedBy }: Cluster, choice: StatusChoice = {}): Promise<StatusReport> {
  const { namespace, name, among, stack } = choice;
  const { stores, cluster } = await readStatusFacts({ config, reachedBy }, namespace);
  const wanted = stores.filter(
    (store) =>
      (name === undefined || store.name === name) &&
      (among === undefined || among.includes(`${store.namespace}/${store.name}`)),
  );
  const missing = (among ?? []).filter((one) => !stores.some((store) => `${store.namespace}/${store.name}` === one));
  const absent = name === undefined ? missing.map(gone) : [];
  if (wanted.length === 0 && absent.length === 0) {
    const there = stores.map((store) => `${store.namespace}/${store.name}`).join(", ") || "none";
    const where = stack === undefined ? `context ${config.getCurrentContext()}` : `stack ${stack}`;
    throw new ToolError(
      `${where} has no ${name === undefined ? "store" : `store "${name}"`}; the cluster's stores: ${there}`,
      ExitCode.Refused,
    );
  }
  const judged = [...wanted.map((store) => judgeStore(store, cluster)), ...absent];
  return {
    statusVersion,
    ...(stack !== undefined && { stack }),
    server: config.getCurrentCluster()?.server ?? "",
    at: new Date().toISOString(),
    survives: judged.every(({ survives }) => survives),
    stores: judged.sort((one, other) =>
      `${one.namespace}/${one.name}`.localeCompare(`${other.namespace}/${other.name}`),
    ),
  };
}

/** Returns a store that the stack has deployed and that was deleted since. */
function gone(store: string): StatusReport["stores"][number] {
  const [namespace = "", name = ""] = store.split("/");
  const reasons = ["its Deployment does not exist: pulumi up --refresh creates it again"];
  return { namespace, name, survives: false, byItself: false, reasons, warnings: [], nodes: [] };
}
