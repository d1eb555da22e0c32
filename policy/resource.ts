import { componentOf, urnParts } from "./data-bearing";

/** Resource as a policy sees it: its inputs and options, but not the planned operation. */
export interface SeenResource {
  type: string;
  urn: string;
  props: Readonly<Record<string, unknown>>;
  isProtected: boolean;
  /** Inputs of its provider; undefined if unknown. */
  provider?: Readonly<Record<string, unknown>>;
}

/** Reports whether a component of this package created the resource, and whether its type is one of `types`. */
export function isMadeBy({ urn, type }: SeenResource, component: string, ...types: readonly string[]): boolean {
  return types.includes(type) && componentOf(urn) === component;
}

/** Returns the value at a path; undefined if it does not exist. */
export function valueAt(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inside, key) =>
      typeof inside === "object" && inside !== null ? (inside as Record<string, unknown>)[key] : undefined,
    value,
  );
}

export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = valueAt(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** Returns a value for a message. */
export function shown(value: unknown): string {
  return value === undefined || value === null ? "nothing" : JSON.stringify(value);
}

/** Returns the name of a resource for messages: `PersistentVolumeClaim photos-gateway-data`. */
export function subjectOf({ urn, type }: SeenResource): string {
  return `${type.split(":").at(-1) ?? type} ${urnParts(urn).name}`;
}
