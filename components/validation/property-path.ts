/**
 * Returns the segments of a property path, as components and Pulumi write one: `dnsNames[0]`, `labels["example.com/team"]`. A place
 * in a list is a number.
 */
export function pathSegments(path: string): (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|[^.[\]]+/g)].map(([segment, index, key]) => {
    if (index !== undefined) return Number(index);
    return key === undefined ? segment : unescaped(key);
  });
}

/** Pulumi's engine escapes quotes only: a backslash in its keys is no escape of JSON's. */
function unescaped(key: string): string {
  try {
    return JSON.parse(`"${key}"`) as string;
  } catch {
    return key.replaceAll('\\"', '"');
  }
}
