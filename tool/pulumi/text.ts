import type { DeployProgress } from "./progress";

/** How far an operation is: `7/11, waiting for Deployment photos-gateway`. */
export function deployProgressText({ done, total, waitingFor }: DeployProgress): string {
  return `${done}/${total}${waitingFor === undefined ? "" : `, waiting for ${waitingFor}`}`;
}

/** What an operation did, or would do: `create 11, same 2`. */
export function changesText(changes: Readonly<Record<string, number>>): string {
  const counts = Object.entries(changes).map(([op, count]) => `${op} ${count}`);
  return counts.length === 0 ? "nothing to do" : counts.join(", ");
}
