import type { MovePlan } from "./decide";
import type { MoveReport } from "./move";
import type { PutBack } from "./put-back";
import { localTime, timeZone } from "./start-time";
import { secondsText } from "../../terminal/progress";
import { table } from "../../terminal/table";

/** Returns the consequences of a move. */
export function movePlanText({ store, from, candidates, cordon }: MovePlan, at?: Date): string {
  const when = at === undefined ? "now" : `at ${localTime(at)} (${timeZone()})`;
  const first = `Store ${store} moves from ${from} to ${candidates.join(" or ")}, ${when}. It is unavailable during the move.`;
  if (cordon.length === 0) return first;
  return `${first}\nDuring the move, these nodes are cordoned: ${cordon.join(", ")}.`;
}

/** Returns the result of a move. */
export function moveReportText({
  namespace,
  name,
  from,
  newNode,
  deletedAt,
  seconds,
  stages,
  putBack,
}: MoveReport): string {
  const store = `Store ${namespace}/${name}`;
  const rows = stages.map(({ meaning, seconds: after }) => [secondsText(after).padStart(8), meaning]);
  const nodes = [...new Set(putBack.flatMap(({ node }) => node ?? []))];
  const look = `kubectl -n ${namespace} describe pod -l app.kubernetes.io/instance=${name}`;
  return [
    newNode === undefined
      ? `${store} was not moved from ${from} to another node within the time limit. See ${look}.`
      : deletedAt === undefined || seconds === undefined
        ? `${store} was already on ${newNode}.`
        : `${store} is ready on ${newNode} after ${secondsText(seconds)}, and its volume is detached from ${from}.`,
    ...(rows.length === 0 ? [] : [table(rows)]),
    ...(nodes.length === 0 ? [] : [`Uncordoned: ${nodes.join(", ")}.`]),
  ].join("\n");
}

/** Returns the reverted changes of moves that were killed. */
export function undoneText(putBack: readonly PutBack[]): string {
  if (putBack.length === 0) return "No node is cordoned by a move, and no store is at 0 replicas because of one.";
  return putBack
    .map(({ node, store }) =>
      node === undefined
        ? `Store ${store}, which was at 0 replicas, was scaled up.`
        : `Node ${node}, cordoned for ${store}, was uncordoned.`,
    )
    .join("\n");
}
