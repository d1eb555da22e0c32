import assert from "node:assert/strict";
import { join } from "node:path";
import { clusterOf } from "../../tool/cluster/connection";
import { DrillCase } from "../../tool/drill/cases";
import { clusterTarget, type DrillTarget } from "../../tool/drill/target";
import { eventually } from "../../testbed/eventually";
import { shareSandbox } from "../../testbed/sandboxes";
import { DrilledStores } from "./drilled-stores";

describe("drills that fail or cut off the node of a store that moves by itself, on the sandbox", function () {
  this.timeout("15m");
  let stores: DrilledStores;
  let photos: DrillTarget;

  before(async () => {
    stores = await DrilledStores.deployOn(await shareSandbox());
    ({ photos } = stores);
  });
  after(() => stores.remove());

  it("fails a node of any cluster by a command of the operator's own, and waits until it is back", async () => {
    const { sandbox } = stores.stack;
    const connection = clusterOf({ kubeconfig: sandbox.kubeconfig, context: "sandbox" });
    const anyCluster = await clusterTarget(connection, { namespace: "photos" }, photos.url);
    const [{ node } = assert.fail("photos has no gateway")] = await stores.stack.cluster.endpointsOf(photos.store);
    const switchOff = [process.execPath, "-r", "ts-node/register/transpile-only", join(__dirname, "kill-node.ts")];
    const command = [...switchOff, sandbox.directory, "{node}"];
    const running = stores.drill(anyCluster, DrillCase.NodeFailure, {
      method: "command",
      command,
      productionAllowed: true,
    });
    running.catch(() => undefined);
    const other = await eventually(
      "a gateway on another node",
      async () => {
        const [serving] = await stores.stack.cluster.endpointsOf(photos.store);
        return serving !== undefined && serving.node !== node ? serving.node : undefined;
      },
      240,
    );
    await sandbox.startNode(node);
    const { shortfalls, runs, leftovers, cluster } = await running;
    assert.deepEqual({ shortfalls, leftovers }, { shortfalls: [], leftovers: [] });
    assert.equal(cluster.sandboxProfile, undefined);
    assert.deepEqual([runs[0]?.node, runs[0]?.newNode], [node, other]);
    assert.ok(runs[0] && runs[0].failedRequests > 0 && runs[0].ledger.verified === runs[0].ledger.acknowledged);
    assert.deepEqual(await stores.leftBehind(), []);
  });

  describe("a node that is cut off while its gateway goes on writing", () => {
    it("costs exactly what that gateway acknowledged where the store assumes that the node is dead", async () => {
      const { shortfalls, runs, summary } = await stores.drill(photos, DrillCase.Partition);
      assert.deepEqual(shortfalls, []);
      const { isolated, lost } = runs[0]?.ledger ?? assert.fail();
      assert.ok(isolated && isolated.acknowledged > 0 && isolated.asExpected);
      assert.equal(isolated.lost, isolated.acknowledged);
      assert.ok(lost.some((key) => key.includes("isolated-")));
      assert.ok(summary.overlaps > 0, "two gateways wrote, and nobody saw it");
      assert.ok(runs[0]?.overlaps.some(({ of, who }) => of === "processes" && who.length === 2));
    });
  });
});
