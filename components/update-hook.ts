import * as pulumi from "@pulumi/pulumi";
import { knowsHooks } from "./pulumi-internals";

/**
 * Returns a hook that checks a change before it is applied, and as early as in the preview. An error that it throws stops the
 * update. Returns nothing on the mocks of Pulumi's SDK, which do not support hooks.
 *
 * @param name name of the hook, unique in the program
 */
export function updateHook(name: string, look: pulumi.ResourceHookFunction): pulumi.ResourceHook[] {
  if (!knowsHooks()) return [];
  return [new pulumi.ResourceHook(name, look, { onDryRun: true })];
}

/**
 * Logs a warning without waiting for it. Messages are sent in order, and a message about a resource waits for that resource. A
 * hook that awaited its own message could therefore deadlock, because stores wait for their Longhorn.
 */
export function warnFromHook(text: string): void {
  void pulumi.log.warn(text);
}
