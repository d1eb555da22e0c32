import { componentOf, urnParts } from "./data-bearing";

/** A resource as a policy sees it: what it is asked to be and how it is handled, and not what is done with it. */
export interface SeenResource {
  type: string;
  urn: string;
  props: Readonly<Record<string, unknown>>;
  isProtected: boolean;
  /** Inputs of its provider; undefined where that is unknown. */
  provider?: Readonly<Record<string, unknown>>;
}

/** Whether it is a resource of that kind, made by that component of this package. */
export function isMadeBy({ urn, type }: SeenResource, component: string, ...types: readonly string[]): boolean {
  return types.includes(type) && componentOf(urn) === component;
}

/** The value at a path; undefined where there is none. */
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

/** As a person reads it. */
export function shown(value: unknown): string {
  return value === undefined || value === null ? "nothing" : JSON.stringify(value);
}

/** `PersistentVolumeClaim photos-gateway-data`. */
export function subjectOf({ urn, type }: SeenResource): string {
  return `${type.split(":").at(-1) ?? type} ${urnParts(urn).name}`;
}
