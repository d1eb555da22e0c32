/** Reporter of progress. The entry file decides on its form. */
export interface Progress {
  /** Begins a step. The previous one must have ended. */
  begin(title: string): Step;
  /** Reports a message that is not a step, such as an alarm. */
  note(text: string): void;
}

/** Running step. */
export interface Step {
  /** Sets the current detail, such as `7/11, waiting for Deployment photos-gateway`. */
  update(detail: string): void;
  /** Sets the lines below the step, up to a number of rows; only on terminals. */
  below?(linesIn: (rows: number) => readonly string[]): void;
  succeed(outcome?: string): void;
  fail(outcome?: string): void;
}

/** Runs `run` as one step, which ends with the `outcome` of the result, or fails with `run`. */
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

/** Reports nothing. */
export const silent: Progress = {
  begin: () => ({ update: () => undefined, succeed: () => undefined, fail: () => undefined }),
  note: () => undefined,
};

/** Writes a line at the start and the end of a step, and for changed details at most every `everySeconds`; for logs. */
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

/** Returns a text such as `12.3 s` or `2 min 5 s`. */
export function secondsText(seconds: number): string {
  if (seconds < 100) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
