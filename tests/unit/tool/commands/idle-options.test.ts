import assert from "node:assert/strict";
import { ExitCode } from "../../../../tool/errors";
import { command } from "./command";

describe("an option that would do nothing", () => {
  const cluster = "--context prod --url https://s3.example.com";
  const rows: [line: string, ...refused: string[]][] = [
    ["drill pod-failure --kills 4", "--kills: only valid with drill crash-loop."],
    ["drill node-failure --away-seconds 30", "--away-seconds: only valid with drill partition and drill node-return."],
    ["drill crash-loop --away-seconds 30", "--away-seconds: only valid with drill partition and drill node-return."],
    [
      "drill pod-failure --url https://s3.example.com",
      "--url: only valid with --stack, or with --kubeconfig and --context.",
    ],
    [
      `drill pod-failure ${cluster} --profile fast --directory /tmp/none`,
      "--directory, --profile: of a sandbox only, and --stack, --kubeconfig or --context names a cluster.",
    ],
    ["drill fence --json --markdown", "--markdown: not valid with --json; --out writes both as files."],
    [
      "drill cleanup --url https://s3.example.com",
      "--url: only valid with --stack, or with --kubeconfig and --context.",
    ],
    [
      "drill cleanup --stack prod --directory /tmp/none",
      "--directory: of a sandbox only, and --stack, --kubeconfig or --context names a cluster.",
    ],
    [
      "drill cleanup --kubeconfig /tmp/none --directory /tmp/none",
      "--directory: of a sandbox only, and --stack, --kubeconfig or --context names a cluster.",
    ],
    [
      "predict --compare --on-node-failure Wait --speed Fast",
      "--on-node-failure, --speed: not valid with --compare, which covers all decisions.",
    ],
    [
      "predict --compare --toleration-seconds 30",
      "--toleration-seconds: not valid with --compare, which covers all decisions.",
    ],
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
