import type { ExitCode } from "../errors";
import type { Questions } from "../features/init/questions";
import type { Progress } from "../terminal/progress";

/** Environment of a command. Only the entry file implements it. */
export interface CommandContext {
  /** Returns the reporter of progress, which is disabled for JSON output. */
  progress(json: boolean): Progress;
  /** Writes the result of the command. */
  print(text: string): void;
  /** Asks the operator; undefined without a terminal. */
  readonly confirm?: (question: string) => Promise<boolean>;
  /** Prompts the operator for answers; undefined without a terminal. */
  readonly questions?: () => Promise<Questions>;
  /** Sets the exit code of the process. */
  end(code: ExitCode): void;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
}
