import * as pulumi from "@pulumi/pulumi";

// All internals of Pulumi's SDK that this package uses. The tests run them against the oldest and the newest supported SDK.

/** Members of an output that the SDK's declarations omit. */
interface Inside<T> {
  promise(withUnknowns?: boolean): Promise<T | undefined>;
  allResources(): Promise<Iterable<pulumi.Resource>>;
}

/**
 * Returns the value of an output, with `pulumi.unknown` for unknown values at any depth. `apply` would not call its function at
 * all for such a value.
 */
export async function valueWithUnknowns(output: pulumi.Output<unknown>): Promise<unknown> {
  return insideOf(output).promise(true);
}

/** Returns the value of an output; undefined if it is unknown. */
export async function knownValue<T>(output: pulumi.Output<T>): Promise<T | undefined> {
  return insideOf(output).promise();
}

/** Returns the resources that an output depends on, including those of nested values. */
export async function resourcesOf(output: pulumi.Output<unknown>): Promise<pulumi.Resource[]> {
  return [...(await insideOf(output).allResources())];
}

/** Reports whether a configuration key holds a secret. `pulumi.Config` reveals that only by returning the value. */
export function isConfigSecret(key: string): boolean {
  return (pulumi.runtime as unknown as { isConfigSecret: (key: string) => boolean }).isConfigSecret(key);
}

/**
 * Reports whether the engine supports hooks. The SDK's mocks do not: a resource with a hook would wait for its registration
 * forever.
 */
export function knowsHooks(): boolean {
  const monitor = pulumi.runtime.getMonitor() as { registerResourceHook?: unknown } | undefined;
  return monitor?.registerResourceHook !== undefined;
}

function insideOf<T>(output: pulumi.Output<T>): Inside<T> {
  return output as unknown as Inside<T>;
}
