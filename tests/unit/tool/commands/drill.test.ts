import assert from "node:assert/strict";
import { commandLine } from "../../../../tool/commands/program";
import { ExitCode, ToolError } from "../../../../tool/errors";
import { silent } from "../../../../tool/terminal/progress";

describe("longhorn-s3 drill", () => {
  it("refuses a command that is no JSON array of texts, and does not repeat what may hold a password", async () => {
    const printed: string[] = [];
    const context = {
      ...{ progress: () => silent, print: (text: string) => void printed.push(text), end: () => undefined },
      signal: new AbortController().signal,
    };
    for (const command of ["ipmitool -P s3cret power off", '["ipmitool","s3cret"', '["s3cret",1]', '"s3cret"', "[]"]) {
      const args = ["drill", "fence", "--method", "command", "--command", command];
      const program = await commandLine(context, args);
      for (const one of [program, ...program.commands, ...program.commands.flatMap(({ commands }) => commands)]) {
        one.exitOverride().configureOutput({ writeErr: (text) => printed.push(text) });
      }
      await assert.rejects(program.parseAsync(args, { from: "user" }), (error) => {
        assert.ok(error instanceof ToolError && error.exitCode === ExitCode.Refused);
        assert.equal(
          error.message,
          '--command has to be a JSON array of texts, such as ["ipmitool","-H","{node}-bmc","power","off"]; what was given is not shown.',
        );
        return true;
      });
    }
    assert.doesNotMatch(printed.join(), /s3cret/);
  });
});
