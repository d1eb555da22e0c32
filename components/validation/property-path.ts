/**
 * Returns the segments of a property path in the format of Pulumi: `dnsNames[0]`, `labels["example.com/team"]`. List indices
 * are numbers.
 */
export function pathSegments(path: string): (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|[^.[\]]+/g)].map(([segment, index, key]) => {
    if (index !== undefined) return Number(index);
    return key === undefined ? segment : unescaped(key);
  });
}

/** Returns the property path with the given segments. */
export function propertyPath(segments: readonly (string | number)[]): string {
  return segments.reduce<string>((path, segment) => {
    if (typeof segment === "number") return `${path}[${segment}]`;
    if (!/^[\w-]+$/.test(segment)) return `${path}[${JSON.stringify(segment)}]`;
    return path === "" ? segment : `${path}.${segment}`;
  }, "");
}

/** Unescapes a key. Pulumi's engine escapes only quotes, so a backslash may not be a JSON escape. */
function unescaped(key: string): string {
  try {
    return JSON.parse(`"${key}"`) as string;
  } catch {
    return key.replaceAll('\\"', '"');
  }
}

/** Reports whether a value is an object with its own keys, not a list, an Output or an instance of a class. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Returns the value at `path` in plain objects; undefined if it does not exist. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (isPlainObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
    value,
  );
}

/**
 * Returns a copy of `holder` with `value` at `path` in plain objects. If `value` is undefined, the last key of the path is
 * removed.
 */
export function withValueAt(holder: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const { [key]: old, ...others } = isPlainObject(holder) ? holder : {};
  const inner = withValueAt(old, rest, value);
  return inner === undefined ? others : { ...others, [key]: inner };
}

/** Reports whether `path` equals `place` or is below it. Both are segments of property paths. */
export function isWithin(place: readonly (string | number)[], path: readonly (string | number)[]): boolean {
  return place.every((segment, index) => segment === path[index]);
}
