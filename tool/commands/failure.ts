import type { ExitCode } from "../exit-codes";
import { type Fault, FaultError } from "../diagnosis/fault";
import type { GuardFinding } from "../features/guards/findings";
import { GuardRefused } from "../features/guards/refused";
import type { PreflightFinding } from "../features/preflight/findings";
import { PreflightRefused } from "../features/preflight/refused";
import { VolumesRefused } from "../features/volume-guard/refused";
import type { VolumeAtStake } from "../features/volume-guard/volumes";

/** What every command prints with `--json` instead of its report where it failed or was refused. */
export interface FailureReport {
  /** It rises when a field is taken away or changes its meaning. */
  failureVersion: 1;
  /** The stack that was meant; absent where none was. */
  stack?: string;
  /** What the process exits with. */
  exitCode: ExitCode;
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

function reasonsOf(error: unknown): Pick<FailureReport, "faults" | "guards" | "preflight" | "volumes"> {
  if (error instanceof FaultError) return { faults: error.faults };
  if (error instanceof VolumesRefused) return { volumes: error.volumes };
  if (error instanceof GuardRefused) return { guards: error.findings };
  return error instanceof PreflightRefused ? { preflight: error.findings } : {};
}
