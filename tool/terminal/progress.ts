/** Where a long sequence says how far it is. Nothing but the entry file decides how that looks. */
export interface Progress {
  /** Begins a step; the one before must have ended. */
  begin(title: string): Step;
  /** Says something that is no step, such as an alarm. */
  note(text: string): void;
}

/** A step that has begun. */
export interface Step {
  /** What is happening now, such as `7/11, waiting for Deployment photos-gateway`. */
  update(detail: string): void;
  /** What is shown below it meanwhile, in so many rows; only terminals do. */
  below?(linesIn: (rows: number) => readonly string[]): void;
  succeed(outcome?: string): void;
  fail(outcome?: string): void;
}

/** Runs `run` as one step: it ends with `outcome` of the result, or fails as `run` does. */
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

/** Says nothing. */
export const silent: Progress = {
  begin: () => ({ update: () => undefined, succeed: () => undefined, fail: () => undefined }),
  note: () => undefined,
};

/**
 * One line where a step begins and ends, and in between one whenever the detail has changed, but not more often than every
 * `everySeconds`: for logs.
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

/** `12.3 s`, `2 min 5 s`. */
export function secondsText(seconds: number): string {
  if (seconds < 100) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
