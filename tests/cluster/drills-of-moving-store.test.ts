import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { DrillCase } from "../../tool/drill/cases";
import { parseCriteria } from "../../tool/drill/criteria";
import { lastResult, resultsName } from "../../tool/cluster/drill-record";
import type { Overlap } from "../../tool/drill/report";
import type { DrillTarget } from "../../tool/drill/target";
import { ExitCode, ToolError } from "../../tool/errors";
import { repositoryDirectory } from "../../tool/repository";
import { processesOfPod } from "../../sandbox";
import { eventually } from "../../testbed/eventually";
import { shareSandbox } from "../../testbed/sandboxes";
import { cli, DrilledStores } from "./drilled-stores";

describe("drills of a store that moves by itself, on the sandbox", function () {
  this.timeout("15m");
  let stores: DrilledStores;
  let photos: DrillTarget;

  before(async () => {
    stores = await DrilledStores.deployOn(await shareSandbox());
    ({ photos } = stores);
  });
  after(() => stores.remove());

  describe("put everything back, and pass where nothing is lost", () => {
    afterEach(async () => assert.deepEqual(await stores.leftBehind(), []));

    it("when the process is killed, each time in a pod that has not been restarted", async () => {
      const report = await stores.drill(photos, DrillCase.PodFailure, {
        repeat: 2,
        criteria: parseCriteria("lost<=0"),
      });
      assert.deepEqual(report.shortfalls, []);
      const [first, second] = report.runs;
      assert.ok(first && second && first.pod !== second.pod);
      for (const { failedRequests, ledger, requests, node, newNode } of report.runs) {
        assert.ok(failedRequests > 0 && ledger.verified === ledger.acknowledged && ledger.acknowledged > 0);
        assert.equal(newNode, node);
        assert.ok(requests.some(({ counts: { PUT, GET, LIST, MULTIPART } }) => PUT && (GET ?? LIST ?? MULTIPART)));
      }
      const { namespace, name } = report.store;
      const { data = {} } = await stores.core.readNamespacedConfigMap({ namespace, name: resultsName });
      assert.deepEqual(lastResult(data, name)?.startedAt, report.startedAt);
    });

    it("when the gateway is moved", async () => {
      const { shortfalls, runs } = await stores.drill(photos, DrillCase.SwitchOver);
      assert.deepEqual(shortfalls, []);
      assert.notEqual(runs[0]?.newNode, runs[0]?.node);
      assert.ok(runs[0]?.stages.some(({ stage, predicted }) => stage === "attached" && predicted !== undefined));
    });
  });

  describe("a node that is cut off while its gateway goes on writing", () => {
    it("costs exactly what that gateway acknowledged, and is reported as two processes on one volume", async () => {
      const [isolatedPod = assert.fail("photos has no gateway")] = await stores.stack.cluster.endpointsOf(photos.store);
      const { shortfalls, runs, summary } = await stores.drill(photos, DrillCase.Partition);
      assert.deepEqual(shortfalls, []);
      const [{ ledger, overlaps, node, newNode } = assert.fail()] = runs;
      assert.equal(node, isolatedPod.node);
      assert.ok(ledger.isolated && ledger.isolated.acknowledged > 0 && ledger.isolated.asExpected);
      assert.equal(ledger.isolated.lost, ledger.isolated.acknowledged);
      assert.ok(ledger.lost.some((key) => key.includes("isolated-")));
      assert.ok(summary.overlaps > 0, "two gateways wrote without being noticed");
      const onBothNodes = ({ of, who }: Overlap): boolean =>
        of === "processes" &&
        [node, newNode ?? assert.fail()].every((name) => who.some((one) => one.endsWith(` on ${name}`)));
      assert.ok(overlaps.some(onBothNodes), JSON.stringify(overlaps));
      await eventually("the end of the isolated process", () =>
        Promise.resolve(processesOfPod(isolatedPod.podUid).length === 0 ? true : undefined),
      );
    });
  });

  describe("that end before their end", () => {
    it("put everything back when somebody interrupts them", async () => {
      const interrupt = new AbortController();
      const running = stores.drill(photos, DrillCase.SwitchOver, { signal: interrupt.signal });
      running.catch(() => undefined);
      await cordonedNode();
      interrupt.abort();
      await assert.rejects(running, (error) => error instanceof ToolError && error.exitCode === ExitCode.Interrupted);
      assert.deepEqual(await stores.leftBehind(), []);
    });

    it("are cleaned up after when they are killed; until then no other begins", async () => {
      const args = ["drill", "switch-over", "--directory", stores.stack.sandbox.directory, "--namespace", "photos"];
      await stores.served(photos);
      const child = spawn("node", [join(repositoryDirectory, "tool", "longhorn-s3.js"), ...args], { stdio: "ignore" });
      const node = await cordonedNode();
      child.kill("SIGKILL");
      await once(child, "exit");
      await assert.rejects(stores.drill(photos, DrillCase.PodFailure), {
        message:
          /^In namespace photos another drill runs \(switch-over, by .+ since .+\)\. If it was killed, revert its changes: longhorn-s3 drill cleanup --directory \S+ --namespace photos --store photos$/,
      });
      const cleanup = ["drill", "cleanup", ...args.slice(2), "--json"];
      assert.match(await cli(...cleanup), /kubectl scale deployment -n photos photos --replicas 1[^]*--yes/);
      const cleaned = JSON.parse(await cli(...cleanup, "--yes")) as Record<string, string[]>;
      assert.deepEqual(cleaned["failed"], []);
      const [scaled, uncordoned, bucket = ""] = (cleaned["done"] ?? []).sort();
      assert.equal(scaled, "kubectl scale deployment -n photos photos --replicas 1");
      assert.equal(uncordoned, `kubectl uncordon ${node}`);
      assert.match(bucket, /^remove bucket longhorn-s3-drill-/);
      assert.deepEqual(await stores.leftBehind(), []);
    });
  });

  function cordonedNode(): Promise<string> {
    return eventually("a node that the drill has cordoned", async () => {
      const { items } = await stores.core.listNode();
      return items.find(({ spec }) => spec?.unschedulable === true)?.metadata?.name;
    });
  }
});
