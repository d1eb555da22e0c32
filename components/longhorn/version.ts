/** Longhorn's versions, of which chart and app have the same, as in `1.12.1`. */
const grammar = /^(\d{1,4})\.(\d{1,4})\.(\d{1,4})(-[0-9A-Za-z.-]+)?$/;

/** Whether `text` is a version in full, without a leading `v`. */
export function isVersion(text: string): boolean {
  return grammar.test(text);
}

/** Whether `version` is `minimum` or newer. A pre-release counts as its release. */
export function isAtLeast(version: string, minimum: string): boolean {
  const [left, right] = [numbersOf(version), numbersOf(minimum)];
  const different = left.findIndex((number, index) => number !== right[index]);
  return different === -1 || (left[different] ?? 0) > (right[different] ?? 0);
}

/** Whether both are of the same minor version: the same settings, the same access modes. */
export function isSameMinor(one: string, other: string): boolean {
  const [left, right] = [numbersOf(one), numbersOf(other)];
  return left[0] === right[0] && left[1] === right[1];
}

function numbersOf(version: string): readonly number[] {
  const match = grammar.exec(version);
  if (match === null) throw new RangeError(`"${version}" is not a version such as 1.12.1`);
  return match.slice(1, 4).map(Number);
}
