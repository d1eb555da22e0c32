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
