import { checkSandboxDirectory, startSandbox, type Sandbox, type SandboxProfile } from "../../../sandbox";
import { ensureToolchain } from "../../../sandbox/toolchain";
import { throwIfInterrupted } from "../../errors";
import { alarmText } from "./sandbox-text";
import { during, type Progress } from "../../terminal/progress";
import { footprintOf, leftovers, releaseFootprint } from "./footprint";

interface BringUpOptions {
  /**
   * Folder of the sandbox.
   *
   * @default that of `sandbox start`
   */
  directory?: string;
  profile: SandboxProfile;
  progress: Progress;
  signal: AbortSignal;
}

/**
 * Builds the missing programs.
 *
 * @throws SandboxError if no sandbox can be started in the folder, before anything is built
 */
export async function bringUpToolchain({ directory, progress, signal }: BringUpOptions): Promise<void> {
  throwIfInterrupted(signal);
  await checkSandboxDirectory(directory);
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

/** Starts a sandbox and reports its alarms. */
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

const graceMs = 5_000;
const pollMs = 100;

/**
 * Stops `sandbox` and checks from outside that nothing of it is left.
 *
 * @param urls its URLs on loopback
 * @returns one line for each leftover 5 s after the stop
 */
export async function removeSandbox(sandbox: Sandbox, urls: readonly string[], progress: Progress): Promise<string[]> {
  return during(
    progress,
    "Removing everything",
    async () => {
      const footprint = footprintOf(sandbox.directory, urls.map(portOf));
      try {
        await sandbox.stop();
        const deadline = Date.now() + graceMs;
        for (;;) {
          const left = leftovers(footprint);
          if (left.length === 0 || Date.now() > deadline) return left;
          await new Promise((resolve) => setTimeout(resolve, pollMs));
        }
      } finally {
        releaseFootprint(footprint);
      }
    },
    (left) => (left.length === 0 ? "nothing is left behind" : `LEFT BEHIND: ${left.join(", ")}`),
  );
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}
