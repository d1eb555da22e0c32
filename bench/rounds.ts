import { BenchError } from "./errors";

/** How often something is measured, as `--rounds` says it. */
export function roundsOf(option: string): number {
  if (!/^[1-9]\d?$/.test(option)) throw new BenchError(`--rounds is "${option}": give 1 to 99.`);
  return Number(option);
}
