import { ExitCode, ToolError } from "../../errors";
import { commandLine } from "../../terminal/command-line";
import { isReady } from "../../cluster/kubernetes";
import { silentSeconds, type NodeSilence } from "./silence";

/**
 * Returns all reasons not to fence a node.
 *
 * @param reachedBy flags that name the cluster
 */
export function fenceRefusals(
  silence: NodeSilence,
  silentForSeconds: number,
  reachedBy: readonly string[] = [],
): string[] {
  return [...answersStill(silence, reachedBy), ...tooSoon(silence, silentForSeconds)];
}

function answersStill({ node }: NodeSilence, reachedBy: readonly string[]): string[] {
  if (!isReady(node)) return [];
  return [
    "The node is Ready, so it is not powered off, and its pods may write. To drain a working node, use " +
      `"${commandLine(["move"], reachedBy)}". Power off a broken node that is still Ready first.`,
  ];
}

function tooSoon(silence: NodeSilence, silentForSeconds: number): string[] {
  const exact = silentSeconds(silence);
  if (exact === undefined || exact >= silentForSeconds) return [];
  // The API server tells whole seconds only.
  const seconds = Math.max(0, exact);
  const when =
    exact < -1 ? `is ${-exact} s ahead of the API server's clock` : `was ${seconds} s ago, by the API server's clock`;
  return [
    `The node's last heartbeat ${when}; expected at least ${silentForSeconds} s. Wait another ${silentForSeconds - exact} s` +
      (isReady(silence.node) ? "." : `; if it is known to be powered off, use --silent-for ${seconds}.`),
  ];
}

/**
 * Throws the refusals, if there are any.
 *
 * @throws ToolError with all refusals
 */
export function refuse(subject: string, refusals: readonly string[]): void {
  if (refusals.length === 0) return;
  const lines = [`${subject}, nothing was changed:`, ...refusals.map((refusal) => `  - ${refusal}`)];
  throw new ToolError(lines.join("\n"), ExitCode.Refused);
}

/**
 * Refuses a node that does not exist.
 *
 * @throws ToolError with the names of the existing nodes
 */
export function refuseUnknownNode(name: string, nodes: readonly string[]): never {
  throw new ToolError(
    `Node "${name}" does not exist. Nothing was changed. Existing nodes: ${[...nodes].sort().join(", ") || "none"}.`,
    ExitCode.Refused,
  );
}
