import type { MovePlan } from "./decide";
import type { MoveReport } from "./move";
import type { PutBack } from "./put-back";
import { localTime, timeZone } from "./start-time";
import { secondsText } from "../../terminal/progress";
import { table } from "../../terminal/table";

/** Returns the consequences of a move. */
export function movePlanText({ store, from, candidates, cordon }: MovePlan, at?: Date): string {
  const when = at === undefined ? "now" : `at ${localTime(at)} (${timeZone()})`;
  const first = `Store ${store} moves from ${from} to ${candidates.join(" or ")}, ${when}. It does not answer meanwhile.`;
  if (cordon.length === 0) return first;
  return `${first}\nUntil it is there, these nodes take no new pods of anybody: ${cordon.join(", ")}.`;
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
      ? `${store} has not left ${from} and become ready elsewhere within the time: ${look} says why.`
      : deletedAt === undefined || seconds === undefined
        ? `${store} was on ${newNode} already.`
        : `${store} is ready on ${newNode} after ${secondsText(seconds)}, and its volume has left ${from}.`,
    ...(rows.length === 0 ? [] : [table(rows)]),
    ...(nodes.length === 0 ? [] : [`Take pods again: ${nodes.join(", ")}.`]),
  ].join("\n");
}

/** Returns the reverted changes of moves that were killed. */
export function undoneText(putBack: readonly PutBack[]): string {
  if (putBack.length === 0) return "No node is cordoned by a move, and no store is at 0 replicas because of one.";
  return putBack
    .map(({ node, store }) =>
      node === undefined
        ? `Store ${store}, which was at 0 replicas, starts again.`
        : `Node ${node}, cordoned for ${store}, takes pods again.`,
    )
    .join("\n");
}
