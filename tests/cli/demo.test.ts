import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { DemoReport } from "../../tool/features/demo/report";
import { repositoryDirectory } from "../../tool/repository";
import { shortDirectory } from "../../testbed/test-sandbox";

describe("the demo", function () {
  this.timeout("10m");
  let parent: string;
  before(() => (parent = shortDirectory()));
  after(() => rmSync(parent, { recursive: true }));

  it("ends with an object read back through another node, nothing lost, nothing left behind", async () => {
    const command = [
      join(repositoryDirectory, "tool", "longhorn-s3.js"),
      "demo",
      "--json",
      "--directory",
      join(parent, "s"),
    ];
    const child = spawn(process.execPath, command, { stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => (text += part));
    const [code] = (await once(child, "close")) as [number | null];
    const report = JSON.parse(text) as DemoReport;
    assert.deepEqual(report.shortfalls, []);
    assert.equal(code, 0);
    assert.deepEqual(report.leftovers, []);
    assert.ok(report.readBack.identical && report.readBack.readThroughNode !== report.readBack.writtenThroughNode);
    assert.ok((report.nodeFailure.outage?.seconds ?? 0) > 0);
    const { acknowledged, verified } = report.nodeFailure.verification;
    assert.ok(acknowledged > 0 && verified === acknowledged);
  });
});
