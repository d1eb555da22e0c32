import type * as pulumi from "@pulumi/pulumi";

/** Outputs of a component: those of its fields that are Outputs. */
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
 * Sets the outputs of a component and returns them for `registerOutputs`. The class `declare`s each of their fields, because
 * the schema analyzer reads fields and docstrings there. The type checker finds missing ones here.
 */
export function setOutputs<Component extends pulumi.ComponentResource>(
  component: Component,
  outputs: OutputsOf<Component>,
): OutputsOf<Component> {
  known.set(component, outputs);
  Object.assign(component, outputs);
  return outputs;
}

/**
 * Returns the outputs of a component.
 *
 * @throws Error if called before `setOutputs`
 */
export function outputsOf<Component extends pulumi.ComponentResource>(component: Component): OutputsOf<Component> {
  const outputs = known.get(component) as OutputsOf<Component> | undefined;
  if (outputs === undefined) throw new Error("a component's outputs were read before they were set");
  return outputs;
}
