import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { withStack } from "../../../../tool/library/work-directory";

/** In place of the CLI: it says its version, and whether it leads a process group of its own. */
const cli = `#!/usr/bin/env node
const { appendFileSync, readFileSync } = require("node:fs");
if (process.argv[2] === "version") { console.log("v3.999.0"); process.exit(0); }
const group = readFileSync("/proc/self/stat", "utf8").split(") ")[1].split(" ")[2];
appendFileSync(process.env.CLI_LOG, process.argv[2] + " " + (Number(group) === process.pid) + "\\n");
`;

describe("the CLI of the library", function () {
  this.timeout(60_000);
  const { PATH } = process.env;
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "longhorn-s3-library-cli-"));
    writeFileSync(join(folder, "pulumi"), cli);
    chmodSync(join(folder, "pulumi"), 0o755);
    process.env["PATH"] = `${folder}${delimiter}${PATH ?? ""}`;
  });
  after(() => {
    rmSync(folder, { recursive: true });
    process.env["PATH"] = PATH;
  });

  const groupsWith = async (log: string, signal?: AbortSignal): Promise<string> => {
    const path = join(folder, log);
    await withStack({ stack: "dev", environment: { CLI_LOG: path }, signal }, () => Promise.resolve());
    return readFileSync(path, "utf8");
  };

  it("has a process group of its own where a signal cancels it: a Ctrl-C that aborts it would come twice", async () => {
    assert.equal(await groupsWith("with", new AbortController().signal), "stack true\n");
  });

  it("is in the group of the program where nothing cancels it but the terminal's Ctrl-C", async () => {
    assert.equal(await groupsWith("without"), "stack false\n");
  });
});
