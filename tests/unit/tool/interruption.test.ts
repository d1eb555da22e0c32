import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { commands } from "../../../tool/commands/program";
import { ExitCode } from "../../../tool/errors";
import { answerTo, endedText } from "../../../tool/interruption";
import { repositoryDirectory } from "../../../tool/repository";
import { kubeconfigOf } from "./commands/no-cluster";

describe("what a signal is answered with", () => {
  const none = { hasEndedCli: false };
  const first = { firstMs: 1000, hasEndedCli: false };

  it("is the clean-up, by the first one", () => {
    assert.equal(answerTo(1000, none, 0), "clean up");
    assert.equal(answerTo(1000, none, 1), "clean up");
  });

  it("is nothing, by the same one that arrives twice", () => {
    assert.equal(answerTo(1020, first, 0), "nothing");
    assert.equal(answerTo(1020, first, 1), "nothing");
  });

  it("is the end, by the second one: of a CLI that runs, else of the process", () => {
    assert.equal(answerTo(2000, first, 1), "end the CLI");
    assert.equal(answerTo(2000, first, 0), "end");
  });

  it("is the end of the process, by the one after the CLI's end", () => {
    assert.equal(answerTo(3000, { firstMs: 1000, hasEndedCli: true }, 1), "end");
  });

  it("comes with what may be left, and what mends it", () => {
    assert.match(endedText(["drill", "node-failure"]), /^ended at once: .* longhorn-s3 drill cleanup/);
    assert.match(endedText(["move", "--store", "photos"]), /longhorn-s3 move --undo/);
    assert.match(endedText(["up"]), /longhorn-s3 repair --stack NAME/);
    for (const command of [...Object.keys(commands), "constructor"]) {
      assert.match(endedText([command]), /^ended at once: .*\. .*\.$/, command);
    }
  });
});

describe("a process whose clean-up hangs", function () {
  this.timeout(60_000);
  let folder: string;
  let server: Server;
  let sockets: Socket[];

  before(async () => {
    // It takes connections and never answers, so that whoever asks waits after the first signal, too.
    server = createServer((socket) => void sockets.push(socket.on("error", () => undefined)));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    folder = mkdtempSync(join(tmpdir(), "longhorn-s3-interruption-"));
    writeFileSync(join(folder, "config"), kubeconfigOf(`https://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
  beforeEach(() => {
    sockets = [];
  });
  after(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  /** A command line that waits for the server, and was told once to end. */
  async function interrupted(...words: string[]) {
    const tool = join(repositoryDirectory, "tool", "longhorn-s3.js");
    const child = spawn(process.execPath, [tool, ...words, "--kubeconfig", join(folder, "config")]);
    const ended = once(child, "close");
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    for (let left = 300; left > 0 && sockets.length === 0; left--) await sleep(100);
    child.kill("SIGINT");
    for (let left = 100; left > 0 && !stderr.includes("cleaning up"); left--) await sleep(100);
    return { child, ended, said: () => stderr };
  }

  it("ends at once by the second signal, with 130 and what may be left", async () => {
    const { child, ended, said } = await interrupted("move", "--undo");
    await sleep(1000);
    assert.equal(child.exitCode, null, said());
    child.kill("SIGINT");
    assert.deepEqual(await ended, [ExitCode.Interrupted, null], said());
    assert.match(said(), /ended at once: .* longhorn-s3 move --undo/);
  });

  it("comes to its own end after one signal, even if that arrives twice", async () => {
    const { child, ended, said } = await interrupted("move", "--undo");
    child.kill("SIGINT");
    await sleep(1000);
    assert.equal(child.exitCode, null, said());
    for (const socket of sockets) socket.destroy();
    assert.deepEqual(await ended, [ExitCode.Interrupted, null], said());
    assert.doesNotMatch(said(), /ended at once: /);
  });
});
