/** Returns the known key that was most likely meant; undefined if none is similar. */
export function nearestKey(key: string, known: readonly string[]): string | undefined {
  const ranked = known
    .filter((candidate) => Math.abs(candidate.length - key.length) <= mostEdits(key, candidate))
    .map((candidate) => ({ candidate, edits: editsBetween(key.toLowerCase(), candidate.toLowerCase()) }))
    .sort((one, other) => one.edits - other.edits);
  const [best] = ranked;
  if (best === undefined) return undefined;
  return best.edits <= mostEdits(key, best.candidate) ? best.candidate : undefined;
}

/** Returns the maximum number of edits between similar keys. The difference in length is a lower bound of the edits. */
function mostEdits(key: string, candidate: string): number {
  return Math.ceil(Math.max(key.length, candidate.length) / 3);
}

/** Returns the edit distance: letters to insert, delete or replace, and neighbors to swap. */
export function editsBetween(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current[column] = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
        swapped ? at(beforeLast, column - 2) + 1 : Infinity,
      );
    }
    [beforeLast, last] = [last, current];
  }
  return at(last, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
