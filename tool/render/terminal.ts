import ora from "ora";
import { secondsText, type Progress } from "./progress";

/** One spinner line for the step that is under way, which becomes a line with a mark when it ends. */
export function terminal(stream: NodeJS.WriteStream): Progress {
  let current: ReturnType<typeof ora> | undefined;
  return {
    begin(title) {
      const begun = Date.now();
      // discardStdin would take the terminal's Ctrl-C away from us.
      const spinner = ora({ text: title, stream, discardStdin: false }).start();
      current = spinner;
      const text = (outcome?: string) =>
        `${title}${outcome ? `: ${outcome}` : ""} (${secondsText((Date.now() - begun) / 1000)})`;
      return {
        update(detail) {
          spinner.text = `${title}: ${detail}`;
        },
        succeed: (outcome) => void spinner.succeed(text(outcome)),
        fail: (outcome) => void spinner.fail(text(outcome)),
      };
    },
    note(text) {
      current?.clear();
      stream.write(`${text}\n`);
    },
  };
}
