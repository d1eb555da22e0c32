/**
 * What components keep for their getters. The schema analyzer takes every declared property of a component for an output,
 * private ones too, so child resources cannot be properties.
 */
export class ChildResources<Component extends object, Kept> {
  readonly #kept = new WeakMap<Component, Kept>();

  keep(component: Component, parts: Kept): void {
    this.#kept.set(component, parts);
  }

  of(component: Component): Kept {
    const parts = this.#kept.get(component);
    if (parts === undefined) throw new Error("a component's children were asked for before they were made");
    return parts;
  }
}
