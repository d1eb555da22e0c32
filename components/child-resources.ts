/**
 * Holds what the getters of a component return, such as its child resources. They cannot be properties: the schema analyzer
 * treats every declared property of a component as an output, even a private one.
 */
export class ChildResources<Component extends object, Kept> {
  readonly #kept = new WeakMap<Component, Kept>();

  keep(component: Component, parts: Kept): void {
    this.#kept.set(component, parts);
  }

  of(component: Component): Kept {
    const parts = this.#kept.get(component);
    if (parts === undefined) throw new Error("a component's child resources were read before they were created");
    return parts;
  }
}
