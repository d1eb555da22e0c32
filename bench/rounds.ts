import { BenchError } from "./errors";

/** Parses `--rounds`. */
export function roundsOf(option: string): number {
  if (!/^[1-9]\d?$/.test(option)) throw new BenchError(`--rounds is "${option}": expected 1 to 99.`);
  return Number(option);
}
