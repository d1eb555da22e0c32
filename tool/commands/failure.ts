import { type Fault, FaultError } from "../diagnosis/fault";
import { StoreError, type ExitCode, type StoreErrorCode } from "../errors";
import type { GuardFinding } from "../features/guards/findings";
import { GuardRefusedError } from "../features/guards/refused";
import type { PreflightFinding } from "../features/preflight/findings";
import { PreflightRefusedError } from "../features/preflight/refused";
import { VolumesInUseError } from "../features/volume-guard/refused";
import type { VolumeAtStake } from "../features/guards/volume-at-stake";

/** What every command prints with `--json` instead of its report where it failed or was refused. */
export interface FailureReport {
  /** It rises when a field is taken away or changes its meaning. */
  failureVersion: 1;
  /** The stack that was meant; absent where none was. */
  stack?: string;
  /** What the process exits with. */
  exitCode: ExitCode;
  /** Code of the error, the same as in the library; absent if it has none. */
  code?: StoreErrorCode;
  /** What is known about why, each with what to do; absent where nothing is. */
  faults?: readonly Fault[];
  /** What a production stack refuses; absent where that is not why. */
  guards?: readonly GuardFinding[];
  /** What the cluster lacks for a first `up`; absent where that is not why. */
  preflight?: readonly PreflightFinding[];
  /** Whose volumes would be lost with Longhorn; absent where that is not why. */
  volumes?: readonly VolumeAtStake[];
  /** What is said to people. */
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
