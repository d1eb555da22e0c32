import { appendFileSync } from "node:fs";
import * as path from "node:path";
import { reporters, Runner, type Hook, type MochaOptions, type Test } from "mocha";

const { EVENT_HOOK_END, EVENT_TEST_FAIL, EVENT_TEST_PASS } = Runner.constants;

/** Variable of the environment that names the file to which durations are appended. */
const durationsVariable = "TEST_DURATIONS";

/**
 * Mocha's `spec` reporter, which also appends the duration of each test and hook to the file in `TEST_DURATIONS`, as
 * JSON lines. Works in parallel mode, where the events of a file arrive together at its end.
 */
export default class TimedReporter extends reporters.Spec {
  constructor(runner: Runner, options: MochaOptions) {
    super(runner, options);
    const file = process.env[durationsVariable];
    if (file === undefined) return;
    const note = (runnable: Test | Hook): void => appendFileSync(file, `${JSON.stringify(durationOf(runnable))}\n`);
    for (const event of [EVENT_TEST_PASS, EVENT_TEST_FAIL, EVENT_HOOK_END]) runner.on(event, note);
  }
}

/** Duration of a test or hook with its file relative to the working directory. */
function durationOf(runnable: Test | Hook): { file: string; title: string; seconds: number } {
  const { file = "", duration = 0 } = runnable;
  return {
    file: path.relative(process.cwd(), file),
    title: runnable.titlePath().join(" › "),
    seconds: duration / 1000,
  };
}
