import { violationText, type Violation } from "../components/validation/violations";
import { ExitCode, ToolError } from "./errors";

/**
 * Refuses options as the components refuse inputs, all at once.
 *
 * @throws ToolError with all violations, if there is any
 */
export function refuseInputs(violations: readonly Violation[]): void {
  if (violations.length === 0) return;
  const text = violations.map((violation) => violationText(violation)).join("\n");
  throw new ToolError(text.trim(), ExitCode.Refused);
}
