import assert from "node:assert/strict";
import { ExitCode } from "../../../../tool/errors";
import { command } from "./command";

describe("an option that would do nothing", () => {
  const cluster = "--context prod --url https://s3.example.com";
  const rows: [line: string, ...refused: string[]][] = [
    ["drill pod-failure --kills 4", "--kills: it applies to drill crash-loop."],
    ["drill node-failure --away-seconds 30", "--away-seconds: it applies to drill partition and drill node-return."],
    ["drill crash-loop --away-seconds 30", "--away-seconds: it applies to drill partition and drill node-return."],
    [
      "drill pod-failure --url https://s3.example.com",
      "--url: it applies to a real cluster, which --stack, or --kubeconfig and --context, select.",
    ],
    [
      `drill pod-failure ${cluster} --profile fast --directory /tmp/none`,
      "--directory, --profile: only for a sandbox, and --stack, --kubeconfig or --context selects a real cluster.",
    ],
    ["drill fence --json --markdown", "--markdown: with --json, the result is JSON; --out writes both to files."],
    [
      "drill cleanup --url https://s3.example.com",
      "--url: it applies to a real cluster, which --stack, or --kubeconfig and --context, select.",
    ],
    [
      "drill cleanup --stack prod --directory /tmp/none",
      "--directory: only for a sandbox, and --stack, --kubeconfig or --context selects a real cluster.",
    ],
    [
      "drill cleanup --kubeconfig /tmp/none --directory /tmp/none",
      "--directory: only for a sandbox, and --stack, --kubeconfig or --context selects a real cluster.",
    ],
    [
      "predict --compare --on-node-failure Wait --speed Fast",
      "--on-node-failure, --speed: --compare includes all decisions.",
    ],
    ["predict --compare --toleration-seconds 30", "--toleration-seconds: --compare includes all decisions."],
  ];

  for (const [line, refused = ""] of rows) {
    it(`is refused: ${line}`, async () => {
      const { exitCode, stdout, stderr } = await command(line.split(" "));
      const said = line.includes("--json") ? (JSON.parse(stdout) as { message: string }).message : stderr.trimEnd();
      assert.deepEqual([exitCode, said], [ExitCode.Refused, refused]);
    });
  }

  it("is not one of drill cleanup, which starts no sandbox", async () => {
    const { exitCode, stderr } = await command(["drill", "cleanup", "--profile", "fast"]);
    assert.equal(exitCode, ExitCode.Refused);
    assert.match(stderr, /unknown option '--profile'/);
  });
});
