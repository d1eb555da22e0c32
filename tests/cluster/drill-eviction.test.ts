import assert from "node:assert/strict";
import { PolicyV1Api, type V1PodDisruptionBudget } from "@kubernetes/client-node";
import { selectorLabels } from "../../components/gateway/selector-labels";
import { hasEnded } from "../../tool/cluster/kubernetes";
import { DrillCase } from "../../tool/drill/cases";
import type { DrillReport } from "../../tool/drill/report";
import type { DrillTarget } from "../../tool/drill/target";
import { ExitCode, ToolError } from "../../tool/errors";
import { eventually } from "../../testbed/eventually";
import { shareSandbox } from "../../testbed/sandboxes";
import { DrilledStores } from "./drilled-stores";

describe("drill eviction, on the sandbox", function () {
  this.timeout("10m");
  let stores: DrilledStores;
  let photos: DrillTarget;

  before(async () => {
    stores = await DrilledStores.deployOn(await shareSandbox());
    ({ photos } = stores);
  });
  after(() => stores.remove());
  afterEach(async () => assert.deepEqual(await stores.leftBehind(), []));

  function assertMoved({ shortfalls, runs }: DrillReport): void {
    assert.deepEqual(shortfalls, []);
    const [{ node, newNode, failedRequests, stages } = assert.fail()] = runs;
    assert.ok(failedRequests > 0);
    assert.notEqual(newNode, node);
    for (const name of ["evicted", "attached", "firstAnswer"]) {
      assert.ok(
        stages.some(({ stage, predicted }) => stage === name && predicted !== undefined),
        name,
      );
    }
  }

  it("evicts the pod through the Eviction API only as far as a PodDisruptionBudget allows", async () => {
    const policy = photos.config.makeApiClient(PolicyV1Api);
    const { namespace, serviceName } = photos.store;
    const budget = (maxUnavailable: number): V1PodDisruptionBudget => ({
      metadata: { namespace, name: "keep" },
      spec: { maxUnavailable, selector: { matchLabels: selectorLabels(serviceName) } },
    });
    const apply = async (maxUnavailable: number): Promise<void> => {
      await policy
        .deleteNamespacedPodDisruptionBudget({ namespace, name: "keep" })
        .catch((error: unknown) => assert.match(String(error), /404/));
      await policy.createNamespacedPodDisruptionBudget({ namespace, body: budget(maxUnavailable) });
      await eventually("the budget's status", async () => {
        const { status } = await policy.readNamespacedPodDisruptionBudget({ namespace, name: "keep" });
        return (status?.observedGeneration === 1 && status.disruptionsAllowed === maxUnavailable) || undefined;
      });
    };
    try {
      await apply(0);
      await assert.rejects(stores.drill(photos, DrillCase.Eviction), (error) => {
        assert.ok(error instanceof ToolError && error.exitCode === ExitCode.Refused);
        assert.match(error.message, /disruption budget.*longhorn-s3 move/);
        return true;
      });
      await apply(1);
      assertMoved(await stores.drill(photos, DrillCase.Eviction));
    } finally {
      await policy.deleteNamespacedPodDisruptionBudget({ namespace, name: "keep" });
    }
  });

  it("has the kubelet evict the pod for memory pressure, and says that the shortage is simulated", async () => {
    const report = await stores.drill(photos, DrillCase.Eviction, { method: "pressure" });
    assertMoved(report);
    assert.ok(report.caveats.some((caveat) => caveat.startsWith("The shortage is simulated")));
    assert.ok(report.runs[0]?.events.some(({ reason }) => reason === "Evicted"));
    const { items } = await stores.core.listNamespacedPod({ namespace: photos.store.namespace });
    const ended = items.filter(hasEnded).map(({ metadata, status }) => [metadata?.name, status?.phase]);
    assert.deepEqual(ended, []);
  });
});
