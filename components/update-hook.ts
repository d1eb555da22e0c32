import * as pulumi from "@pulumi/pulumi";
import { knowsHooks } from "./pulumi-internals";

/**
 * A hook that looks at a change before it is carried out, and in the preview already; what it throws stops the update. Empty
 * if a program runs on the mocks of Pulumi's SDK, which know no hooks.
 *
 * @param name a name that no other hook of the program has
 */
export function updateHook(name: string, look: pulumi.ResourceHookFunction): pulumi.ResourceHook[] {
  if (!knowsHooks()) return [];
  return [new pulumi.ResourceHook(name, look, { onDryRun: true })];
}

/**
 * A warning that the hook does not wait for. Messages go out one after the other, and one about a resource waits for that: if it waits
 * for what the hook is about, as every store waits for its Longhorn, a hook that waited for its own message would wait for ever.
 */
export function warnFromHook(text: string): void {
  void pulumi.log.warn(text);
}
