/** Progress of a long operation. Only the entry point decides on its presentation. */
export interface Progress {
  /** Starts a step; the previous one must have ended. */
  begin(title: string): Step;
  /** Prints a message outside of a step, such as an alarm. */
  note(text: string): void;
}

/** A step in progress. */
export interface Step {
  /** Shows the current activity, such as `7/11, waiting for Deployment photos-gateway`. */
  update(detail: string): void;
  /** Shows details below the step in the given number of rows; only on terminals. */
  below?(linesIn: (rows: number) => readonly string[]): void;
  succeed(outcome?: string): void;
  fail(outcome?: string): void;
}

/** Runs `run` as a step. It ends with `outcome` of the result, or fails if `run` does. */
export async function during<T>(
  progress: Progress,
  title: string,
  run: (step: Step) => Promise<T>,
  outcome: (result: T) => string = () => "",
): Promise<T> {
  const step = progress.begin(title);
  try {
    const result = await run(step);
    step.succeed(outcome(result));
    return result;
  } catch (error) {
    step.fail();
    throw error;
  }
}

/** Progress without output. */
export const silent: Progress = {
  begin: () => ({ update: () => undefined, succeed: () => undefined, fail: () => undefined }),
  note: () => undefined,
};

/**
 * Returns progress for logs: a line when a step starts and ends, and in between when the detail changes, at most every
 * `everySeconds`.
 */
export function lines(write: (line: string) => void, everySeconds = 5, now: () => number = Date.now): Progress {
  return {
    begin(title) {
      const begun = now();
      let last = begun;
      let shown = "";
      write(`${title} …`);
      const end = (mark: string, outcome?: string): void =>
        write(`${mark} ${title}${outcome ? `: ${outcome}` : ""} (${secondsText((now() - begun) / 1000)})`);
      return {
        update(detail) {
          if (detail === shown || now() - last < everySeconds * 1000) return;
          last = now();
          shown = detail;
          write(`  ${title}: ${detail}`);
        },
        succeed: (outcome) => end("✔", outcome),
        fail: (outcome) => end("✖", outcome),
      };
    },
    note: (text) => write(text),
  };
}

/** Formats seconds as `12.3 s` or `2 min 5 s`. */
export function secondsText(seconds: number): string {
  if (seconds < 100) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
