import { refuseFirstUp } from "../features/preflight/first-up";
import type { PlannedResource } from "../features/preflight/planned";
import type { CommandContext } from "./context";
import type { StackFlags } from "./stack-options";

/**
 * Looks at the cluster before Longhorn is installed.
 *
 * @throws PreflightRefused where the `up` would fail
 */
export async function preflight(
  { stack, json }: StackFlags,
  planned: readonly PlannedResource[],
  context: CommandContext,
): Promise<void> {
  const progress = context.progress(json);
  await refuseFirstUp(stack, planned, (text) => progress.note(text));
}
