import { type Fault, FaultError } from "../diagnosis/fault";
import { StoreError, type ExitCode, type StoreErrorCode } from "../errors";
import type { GuardFinding } from "../features/guards/findings";
import { GuardRefusedError } from "../features/guards/refused";
import type { PreflightFinding } from "../features/preflight/findings";
import { PreflightRefusedError } from "../features/preflight/refused";
import { VolumesInUseError } from "../features/volume-guard/refused";
import type { VolumeAtStake } from "../features/guards/volume-at-stake";

/** Result of every command with `--json` that failed or was refused. */
export interface FailureReport {
  /** Increases when a field is removed or changes its meaning. */
  failureVersion: 1;
  /** Selected stack; absent if there was none. */
  stack?: string;
  /** Exit code of the process. */
  exitCode: ExitCode;
  /** Code of the error, as in the library; absent if it has none. */
  code?: StoreErrorCode;
  /** Known causes, each with its fix; absent if there are none. */
  faults?: readonly Fault[];
  /** Findings that a production stack refuses; absent for other failures. */
  guards?: readonly GuardFinding[];
  /** Missing requirements of the cluster for a first `up`; absent for other failures. */
  preflight?: readonly PreflightFinding[];
  /** Volumes that would be lost with Longhorn; absent for other failures. */
  volumes?: readonly VolumeAtStake[];
  /** Message for the operator. */
  message: string;
}

export function failureReport(error: unknown, exitCode: ExitCode, stack?: string): FailureReport {
  return {
    failureVersion: 1,
    ...(stack !== undefined && { stack }),
    exitCode,
    ...reasonsOf(error),
    message: error instanceof Error ? error.message : String(error),
  };
}

function reasonsOf(error: unknown): Pick<FailureReport, "code" | "faults" | "guards" | "preflight" | "volumes"> {
  if (!(error instanceof StoreError)) return {};
  const { code } = error;
  if (error instanceof FaultError) return { code, faults: error.faults };
  if (error instanceof VolumesInUseError) return { code, volumes: error.volumes };
  if (error instanceof PreflightRefusedError) return { code, preflight: error.findings };
  if (!(error instanceof GuardRefusedError)) return { code };
  const { findings, volumes } = error;
  return { code, ...(findings.length > 0 && { guards: findings }), ...(volumes && { volumes }) };
}
