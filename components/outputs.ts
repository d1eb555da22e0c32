import type * as pulumi from "@pulumi/pulumi";

/** Outputs of a component: its fields that hold one. */
export type OutputsOf<Component extends pulumi.ComponentResource> = {
  readonly [
    Field in keyof Required<Component> as Field extends keyof pulumi.ComponentResource
      ? never
      : Exclude<Component[Field], undefined> extends pulumi.OutputInstance<unknown>
        ? Field
        : never
  ]: Component[Field];
};

const known = new WeakMap<pulumi.ComponentResource, object>();

/**
 * Sets the outputs of a component and returns them for `registerOutputs`. Their fields are `declare`d in the class, one by one: the
 * schema analyzer reads them and their docstrings there. That none is missing here is for the type checker to say.
 */
export function setOutputs<Component extends pulumi.ComponentResource>(
  component: Component,
  outputs: OutputsOf<Component>,
): OutputsOf<Component> {
  known.set(component, outputs);
  Object.assign(component, outputs);
  return outputs;
}

/** Returns the outputs that `setOutputs` gave a component. */
export function outputsOf<Component extends pulumi.ComponentResource>(component: Component): OutputsOf<Component> {
  const outputs = known.get(component) as OutputsOf<Component> | undefined;
  if (outputs === undefined) throw new Error("a component's outputs were asked for before they were set");
  return outputs;
}
