import { createHash } from "node:crypto";

/**
 * A number in [0, 1), uniform and the same for the same names: every choice of a run has a name of its own, so that a run can be
 * repeated alone.
 */
export function draw(...names: readonly (string | number)[]): number {
  return createHash("sha256").update(JSON.stringify(names)).digest().readUInt32BE(0) / 2 ** 32;
}

/** One of `choices`, each as likely as the others. */
export function drawOne<T>(choices: readonly [T, ...T[]], ...names: readonly (string | number)[]): T {
  return choices[Math.floor(draw(...names) * choices.length)] ?? choices[0];
}
