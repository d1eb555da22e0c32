import type { ExitCode } from "../errors";
import type { Questions } from "../features/init/questions";
import type { Progress } from "../terminal/progress";

/** Side effects available to a command; implemented by the entry point only. */
export interface CommandContext {
  /** Returns where progress is reported; silent if the result is JSON. */
  progress(json: boolean): Progress;
  /** Prints the result of the command. */
  print(text: string): void;
  /** Asks the user to confirm; undefined without a terminal. */
  readonly confirm?: (question: string) => Promise<boolean>;
  /** Asks the user for answers; undefined without a terminal. */
  readonly questions?: () => Promise<Questions>;
  /** Sets the exit code of the process. */
  end(code: ExitCode): void;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
}
