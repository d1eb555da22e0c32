import type { ExitCode } from "../errors";
import type { Questions } from "../features/init/questions";
import type { Progress } from "../terminal/progress";

/** What a command may do to the outside; only the entry file knows how it is done. */
export interface CommandContext {
  /** Where progress goes; silent where the result is for machines. */
  progress(json: boolean): Progress;
  /** Writes the command's result. */
  print(text: string): void;
  /** Asks a person; undefined where there is no terminal to ask on. */
  readonly confirm?: (question: string) => Promise<boolean>;
  /** Asks a person for answers; undefined where there is no terminal to ask on. */
  readonly questions?: () => Promise<Questions>;
  /** Decides what the process exits with. */
  end(code: ExitCode): void;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
}
