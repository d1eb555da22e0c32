import { CancelledError } from "../../tool/errors";
import { silent, type Progress } from "../../tool/terminal/progress";

/** A progress that interrupts the work, as Ctrl-C does, when a step begins whose title starts with `title`. */
export function interruptedAt(title: string): { progress: Progress; signal: AbortSignal } {
  const controller = new AbortController();
  const begin: Progress["begin"] = (begun) => {
    if (begun.startsWith(title)) controller.abort(new CancelledError());
    return silent.begin(begun);
  };
  return { progress: { ...silent, begin }, signal: controller.signal };
}

/** A progress that nobody sees, and a signal that nobody gives. */
export const undisturbed = (): { progress: Progress; signal: AbortSignal } => ({
  progress: silent,
  signal: new AbortController().signal,
});
