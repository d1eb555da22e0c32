import ora from "ora";
import { secondsText, type Progress } from "./progress";

/** Rows that the lines below a step leave free: its own line, and the shell's prompt. */
const keptRows = 3;

/**
 * Returns a reporter with a spinner for the running step and the lines below it. A completed step becomes a line with a mark.
 */
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
      let line = title;
      let linesIn: (rows: number) => readonly string[] = () => [];
      const show = (): void => {
        const rows = Math.max(0, stream.rows - keptRows);
        spinner.text = [line, ...linesIn(rows).map((one) => one.slice(0, stream.columns - 1))].join("\n");
      };
      // What is below tells how long it has taken.
      const everySecond = setInterval(show, 1000).unref();
      return {
        update(detail) {
          line = `${title}: ${detail}`;
          show();
        },
        below(lines) {
          linesIn = lines;
          show();
        },
        succeed(outcome) {
          clearInterval(everySecond);
          spinner.succeed(text(outcome));
        },
        fail(outcome) {
          clearInterval(everySecond);
          spinner.fail(text(outcome));
        },
      };
    },
    note(text) {
      current?.clear();
      stream.write(`${text}\n`);
    },
  };
}
