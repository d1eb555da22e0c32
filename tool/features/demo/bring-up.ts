import { startSandbox, type Sandbox, type SandboxProfile } from "../../../sandbox";
import { ensureToolchain } from "../../../sandbox/toolchain";
import { throwIfInterrupted } from "../../errors";
import { alarmText } from "./alarm-text";
import { during, type Progress } from "../../terminal/progress";

export interface BringUpOptions {
  /** Where the sandbox lives; default: the sandbox's own default. */
  directory?: string;
  profile: SandboxProfile;
  progress: Progress;
  signal: AbortSignal;
}

/** Builds the programs that are missing. */
export async function bringUpToolchain({ progress, signal }: BringUpOptions): Promise<void> {
  throwIfInterrupted(signal);
  await during(
    progress,
    "Toolchain",
    (step) =>
      ensureToolchain({
        signal,
        onProgress: ({ binary, done, total, state }) => step.update(`${done}/${total}, ${state} ${binary}`),
      }),
    ({ binaries }) => `${binaries.length} programs`,
  );
}

/** Starts a sandbox; its alarms are told as they are raised. */
export async function bringUpSandbox({ directory, profile, progress, signal }: BringUpOptions): Promise<Sandbox> {
  throwIfInterrupted(signal);
  return during(
    progress,
    `Sandbox (profile ${profile})`,
    (step) =>
      startSandbox({
        directory,
        profile,
        signal,
        onProgress: ({ step: name, done, total, waitingFor }) =>
          step.update(`${done}/${total} ${name}${waitingFor === undefined ? "" : `, waiting for ${waitingFor}`}`),
        onAlarm: (alarm) => progress.note(`ALARM: ${alarmText(alarm)}`),
      }),
    ({ nodes }) => `nodes ${nodes.join(", ")}`,
  );
}
