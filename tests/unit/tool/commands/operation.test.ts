import assert from "node:assert/strict";
import type { CommandContext } from "../../../../tool/commands/context";
import { tellOutcome } from "../../../../tool/commands/operation";
import { ExitCode } from "../../../../tool/exit-codes";
import { lines } from "../../../../tool/terminal/progress";

describe("the outcome of an operation on a stack", () => {
  const told = (json: boolean, summary: Parameters<typeof tellOutcome>[0]) => {
    const said = { stdout: "", stderr: "", code: ExitCode.Ok as ExitCode };
    const progress = lines((text) => void (said.stderr += `${text}\n`));
    const context: CommandContext = {
      progress: () => progress,
      print: (text) => void (said.stdout += text),
      end: (code) => void (said.code = code),
      signal: new AbortController().signal,
    };
    tellOutcome(summary, { stack: "dev", cwd: ".", json }, progress, context);
    return said;
  };
  const summary = { changes: { create: 2 }, warnings: ["mind the gap"], seconds: 3, guards: [] };

  it("is a word that nothing was changed, where somebody said no", () => {
    assert.deepEqual(told(false, undefined), { stdout: "", stderr: "Nothing was changed.\n", code: ExitCode.Refused });
  });

  it("is the warnings for people, and a report that begins with its version for machines", () => {
    assert.deepEqual(told(false, summary), { stdout: "", stderr: "warning: mind the gap\n", code: ExitCode.Ok });
    const report = JSON.parse(told(true, summary).stdout) as object;
    assert.deepEqual(Object.entries(report), Object.entries({ operationVersion: 1, stack: "dev", ...summary }));
  });
});
