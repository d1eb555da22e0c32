import { ToolError } from "../exit-codes";
import { exitCodeOfFaults, faultsText, type Fault } from "./fault";

/** An operation that failed, with what is known about why. */
export class FaultError extends ToolError {
  constructor(
    message: string,
    readonly faults: readonly Fault[],
  ) {
    super(message, exitCodeOfFaults(faults));
    this.name = "FaultError";
  }
}

/** First what is wrong and what to do, where that is known; below it what was said, as it was said. */
export function faultError(what: string, said: readonly string[], faults: readonly Fault[]): FaultError {
  const words = said.map((line) => `  ${line}`).join("\n");
  const meaning = faults.length === 0 ? "" : `${faultsText(faults)}\n\n`;
  return new FaultError(`${meaning}${what}:\n${words}`, faults);
}
