import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { DemoReport } from "../../tool/features/demo/report";
import { repositoryDirectory } from "../../tool/repository";
import { shortDirectory } from "../../testbed/test-sandbox";

/** Exit code and parsed output of a command. */
interface Answer {
  code: number | null;
  json: unknown;
}

describe("sandboxes side by side", function () {
  this.timeout("15m");
  let parent: string;
  before(() => (parent = shortDirectory()));
  after(() => rmSync(parent, { recursive: true }));

  const run = async (directory: string, ...words: string[]): Promise<Answer> => {
    const command = [join(repositoryDirectory, "tool", "longhorn-s3.js"), ...words, "--json"];
    const child = spawn(process.execPath, [...command, "--directory", join(parent, directory)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => (text += part));
    const [code] = (await once(child, "close")) as [number | null];
    return { code, json: JSON.parse(text) };
  };

  it("two demos, while others start and stop, end as they do alone: nothing lost, nothing left behind", async () => {
    let isOver = false;
    const demos = Promise.all(["a", "b"].map((directory) => run(directory, "demo"))).finally(() => (isOver = true));
    const stops: Answer[] = [];
    do {
      assert.equal((await run("c", "sandbox", "start")).code, 0);
      stops.push(await run("c", "sandbox", "stop"));
    } while (!isOver);
    for (const { code, json } of await demos) {
      const { leftovers, shortfalls, readBack, nodeFailure } = json as DemoReport;
      assert.deepEqual({ code, leftovers, shortfalls }, { code: 0, leftovers: [], shortfalls: [] });
      assert.ok(readBack.identical && readBack.readThroughNode !== readBack.writtenThroughNode);
      assert.ok((nodeFailure.outage?.seconds ?? 0) > 0);
      const { acknowledged, verified } = nodeFailure.verification;
      assert.ok(acknowledged > 0 && verified === acknowledged);
    }
    for (const stop of stops) assert.deepEqual(stop, { code: 0, json: { sandboxVersion: 1, leftovers: [] } });
  });
});
