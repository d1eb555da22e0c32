import * as pulumi from "@pulumi/pulumi";

// Everything that this package uses of Pulumi's SDK beyond its declared interface. The tests hold it to the oldest and the newest SDK
// that the package accepts.

/** Inside of an output: the SDK's classes have it, their declarations leave it out. */
interface Inside<T> {
  promise(withUnknowns?: boolean): Promise<T | undefined>;
  allResources(): Promise<Iterable<pulumi.Resource>>;
}

/**
 * Returns the value of an output with `pulumi.unknown` for what is not known yet, at any depth. A function given to `apply` is not
 * called at all with a value that is not known.
 */
export async function valueWithUnknowns(output: pulumi.Output<unknown>): Promise<unknown> {
  return insideOf(output).promise(true);
}

/** Returns the value of an output; undefined if it is not known yet. */
export async function knownValue<T>(output: pulumi.Output<T>): Promise<T | undefined> {
  return insideOf(output).promise();
}

/** Returns the resources that an output was made from, those of values nested in it included. */
export async function resourcesOf(output: pulumi.Output<unknown>): Promise<pulumi.Resource[]> {
  return [...(await insideOf(output).allResources())];
}

/** Whether a key of the stack's configuration holds a secret. `pulumi.Config` answers for secrets only by handing them out. */
export function isConfigSecret(key: string): boolean {
  return (pulumi.runtime as unknown as { isConfigSecret: (key: string) => boolean }).isConfigSecret(key);
}

/** Whether the engine knows hooks. The SDK's mocks do not, and a resource with a hook would wait forever for its registration. */
export function knowsHooks(): boolean {
  const monitor = pulumi.runtime.getMonitor() as { registerResourceHook?: unknown } | undefined;
  return monitor?.registerResourceHook !== undefined;
}

function insideOf<T>(output: pulumi.Output<T>): Inside<T> {
  return output as unknown as Inside<T>;
}
