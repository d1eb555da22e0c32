import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cliInOwnGroup } from "../../../tool/pulumi/cli-process-group";
import { interruptAgain, runningCount } from "../../../tool/pulumi/running-cli";

/** In place of the CLI: reports its version, its process group and its signals, and exits by the second one. `up` starts a provider. */
const cli = `#!/usr/bin/env node
const { appendFileSync, readFileSync } = require("node:fs");
if (process.argv[2] === "version") { console.log("v3.999.0"); process.exit(0); }
if (process.argv[2] === "fail") { console.error("error: no stack named 'nothing' found"); process.exit(255); }
if (process.argv[2] === "preview") process.exit(0);
if (process.argv[2] === "up") {
  const provider = require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => undefined, 1000)"], { stdio: "ignore" });
  appendFileSync(process.env.LOG, process.pid + " " + provider.pid + "\\n");
}
const [, log] = process.argv.slice(2);
const group = readFileSync("/proc/self/stat", "utf8").split(") ")[1].split(" ")[2];
let count = 0;
process.on("SIGINT", () => {
  appendFileSync(log, "SIGINT\\n");
  if (++count === 2) process.exit(7);
});
if (log !== "--stack") appendFileSync(log, "group " + (Number(group) === process.pid) + "\\n");
setInterval(() => undefined, 1000);
`;

describe("the CLI in a process group of its own", function () {
  this.timeout(60_000);
  let root: string;
  let log: string;

  before(() => {
    root = mkdtempSync(join(tmpdir(), "longhorn-s3-cli-"));
    log = join(root, "log");
    mkdirSync(join(root, "bin"));
    writeFileSync(join(root, "bin", "pulumi"), cli);
    chmodSync(join(root, "bin", "pulumi"), 0o755);
  });
  after(() => rmSync(root, { recursive: true }));

  type Run = (
    args: string[],
    cwd: string,
    env: object,
    out?: undefined,
    error?: undefined,
    signal?: AbortSignal,
  ) => Promise<unknown>;
  const run: Run = async (...args) => {
    const command = (await cliInOwnGroup({ root })) as unknown as { run: Run };
    return command.run(...args);
  };

  it("gets one SIGINT when the work is aborted, and another one when it is forced", async () => {
    const controller = new AbortController();
    const ended = run(["work", log], root, {}, undefined, undefined, controller.signal);
    const words = async (wanted: string): Promise<void> => {
      for (let left = 200; left > 0 && readLog() !== wanted; left--) await sleep(100);
      assert.equal(readLog(), wanted);
    };
    await words("group true\n");
    controller.abort();
    await words("group true\nSIGINT\n");
    assert.equal(runningCount(), 1);
    interruptAgain();
    await assert.rejects(ended, /exit code 7/);
    assert.equal(readLog(), "group true\nSIGINT\nSIGINT\n");
    assert.equal(runningCount(), 0);
  });

  it("terminates what a killed CLI of the same stack has left running, and nothing else", async () => {
    const others = join(root, "providers");
    const up = async (): Promise<{ cli: number; provider: number; ended: Promise<unknown> }> => {
      rmSync(others, { force: true });
      const ended = run(["up", "--stack", "dev"], root, { LOG: others }).catch(() => undefined);
      let text = "";
      for (let left = 200; left > 0 && !text.endsWith("\n"); left--) {
        await sleep(50);
        text = existsSync(others) ? readFileSync(others, "utf8") : "";
      }
      const [cli = NaN, provider = NaN] = text.trim().split(" ").map(Number);
      return { cli, provider, ended };
    };
    const first = await up();
    await run(["preview", "--stack", "dev"], root, {});
    assert.ok(isAlive(first.provider), "the provider of a CLI that runs was terminated");

    process.kill(first.cli, "SIGKILL");
    await first.ended;
    await run(["preview", "--stack", "staging"], root, {});
    await run(["preview", "--stack", "dev"], root, { PULUMI_BACKEND_URL: "file:///elsewhere" });
    assert.ok(isAlive(first.provider), "the provider of another stack was terminated");

    await run(["preview", "--stack", "dev"], root, {});
    assert.ok(!isAlive(first.provider), "the orphaned provider still runs");
  });

  it("fails as the Automation API has it fail", async () => {
    await assert.rejects(run(["fail"], root, {}), {
      name: "StackNotFoundError",
      message: /no stack named 'nothing' found/,
    });
  });

  function isAlive(pid: number): boolean {
    try {
      return !readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ");
    } catch {
      return false;
    }
  }

  function readLog(): string {
    try {
      return readFileSync(log, "utf8");
    } catch {
      return "";
    }
  }
});
