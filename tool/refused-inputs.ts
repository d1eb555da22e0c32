import { violationText, type Violation } from "../components/validation/violations";
import { ExitCode, ToolError } from "./errors";

/**
 * Refuses options like the components refuse inputs. It is not in `errors.ts`, because the components load Pulumi's SDK.
 *
 * @throws ToolError with all violations, if there are any
 */
export function refuseInputs(violations: readonly Violation[]): void {
  if (violations.length === 0) return;
  const text = violations.map((violation) => violationText(violation)).join("\n");
  throw new ToolError(text.trim(), ExitCode.Refused);
}
