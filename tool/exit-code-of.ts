import { CommanderError } from "commander";
import { ExitCode, ToolError } from "./exit-codes";

/** What the command exits with when `error` ended it. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof ToolError) return error.exitCode;
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.Ok : ExitCode.Refused;
  if (error instanceof Error && (error.name === "ToolchainError" || error.name === "SandboxError")) {
    return ExitCode.EnvironmentLacks;
  }
  return ExitCode.FellShort;
}
