import * as pulumi from "@pulumi/pulumi";

/**
 * A hook that looks at a change before it is carried out, and in the preview already; what it throws stops the update. Empty where
 * a program runs on the mocks of Pulumi's SDK: these know no hooks, and a resource with one would wait for ever.
 *
 * @param name a name that no other hook of the program has
 */
export function updateHook(name: string, look: pulumi.ResourceHookFunction): pulumi.ResourceHook[] {
  const monitor = pulumi.runtime.getMonitor() as { registerResourceHook?: unknown } | undefined;
  if (monitor?.registerResourceHook === undefined) return [];
  return [new pulumi.ResourceHook(name, look, { onDryRun: true })];
}

/**
 * A warning that the hook does not wait for. Messages go out one after the other, and one about a resource waits for that: if it waits
 * for what the hook is about, as every store waits for its Longhorn, a hook that waited for its own message would wait for ever.
 */
export function warnFromHook(text: string): void {
  void pulumi.log.warn(text);
}
