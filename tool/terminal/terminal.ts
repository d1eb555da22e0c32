import ora from "ora";
import { secondsText, type Progress } from "./progress";

/** Rows reserved for the line of the step and the next prompt of the shell. */
const keptRows = 3;

/**
 * Returns progress with a spinner line for the current step and details below it. A completed step becomes a line with
 * a mark.
 */
export function terminal(stream: NodeJS.WriteStream): Progress {
  let current: ReturnType<typeof ora> | undefined;
  return {
    begin(title) {
      const begun = Date.now();
      // discardStdin would disable Ctrl-C in the terminal.
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
      // The details show elapsed times.
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
