import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { CoreV1Api, KubeConfig } from "@kubernetes/client-node";
import { clusterOf } from "../../tool/cluster/connection";
import { DrillCase } from "../../tool/drill/cases";
import { parseCriteria } from "../../tool/drill/criteria";
import { drill, type DrillOptions } from "../../tool/drill/drill";
import { Journal } from "../../tool/drill/journal";
import { lastResult, resultsName } from "../../tool/cluster/drill-record";
import type { DrillReport } from "../../tool/drill/report";
import { clusterTarget, sandboxTarget, type DrillTarget } from "../../tool/drill/target";
import { ExitCode, ToolError } from "../../tool/errors";
import { isOutOfService } from "../../tool/features/fence/mark";
import { silent } from "../../tool/terminal/progress";
import { repositoryDirectory } from "../../tool/repository";
import { contentOf } from "../../tool/s3/content";
import { scaledToZero } from "../../tool/features/scale/scale-to-zero";
import type { Observation } from "../../tool/cluster/failover-watch/stages";
import { shareSandbox, type DeployedSandbox } from "../../testbed/sandboxes";
import { eventually } from "../../testbed/eventually";

describe("drills, on the sandbox", function () {
  this.timeout("15m");
  let world: DeployedSandbox;
  let core: CoreV1Api;
  /** Moves by itself when its node dies. */
  let photos: DrillTarget;
  /** Stays with its node. */
  let archive: DrillTarget;

  before(async () => {
    world = await shareSandbox();
    world.configure(({ stores }) => {
      stores["archive"] = { volume: { size: "1Gi" }, failover: { onNodeFailure: "Wait" } };
    });
    await world.deployment.up();
    photos = await sandboxTarget(world.sandbox, { namespace: "photos" });
    archive = await sandboxTarget(world.sandbox, { namespace: "archive" });
    const config = new KubeConfig();
    config.loadFromFile(world.sandbox.kubeconfig);
    core = config.makeApiClient(CoreV1Api);
  });
  after(() => world.remove());

  const drilled = (
    target: DrillTarget,
    drillCase: DrillCase,
    options: Partial<DrillOptions> = {},
  ): Promise<DrillReport> =>
    drill({
      ...{ case: drillCase, target, repeat: 1, criteria: [], putsPerSecond: 10, kills: 2, awaySeconds: 25 },
      ...{ productionAllowed: false, directory: join(world.sandbox.directory, "drills"), progress: silent },
      signal: new AbortController().signal,
      ...options,
    });

  describe("put everything back, and pass where nothing is lost", () => {
    afterEach(async () => assert.deepEqual(await leftBehind(), []));

    it("when the process is killed, each time in a pod that has not been restarted", async () => {
      const report = await drilled(photos, DrillCase.PodFailure, { repeat: 2, criteria: parseCriteria("lost<=0") });
      assert.deepEqual(report.shortfalls, []);
      const [first, second] = report.runs;
      assert.ok(first && second && first.pod !== second.pod);
      for (const { failedRequests, ledger, requests, node, newNode } of report.runs) {
        assert.ok(failedRequests > 0 && ledger.verified === ledger.acknowledged && ledger.acknowledged > 0);
        assert.equal(newNode, node);
        assert.ok(requests.some(({ counts: { PUT, GET, LIST, MULTIPART } }) => PUT && (GET ?? LIST ?? MULTIPART)));
      }
      const { namespace, name } = report.store;
      const { data = {} } = await core.readNamespacedConfigMap({ namespace, name: resultsName });
      assert.deepEqual(lastResult(data, name)?.startedAt, report.startedAt);
    });

    it("when the gateway is moved", async () => {
      const { shortfalls, runs } = await drilled(photos, DrillCase.SwitchOver);
      assert.deepEqual(shortfalls, []);
      assert.notEqual(runs[0]?.newNode, runs[0]?.node);
      assert.ok(runs[0]?.stages.some(({ stage, predicted }) => stage === "attached" && predicted !== undefined));
    });

    it("when a dead node is fenced, of a store that would wait for ever", async () => {
      const watch = await world.cluster.watchFailover(archive.store);
      const { shortfalls, runs } = await drilled(archive, DrillCase.Fence).finally(() => watch.stop());
      assert.deepEqual(shortfalls, []);
      assert.notEqual(runs[0]?.newNode, runs[0]?.node);
      isUnfencedWhenClean(watch.observations, runs[0]?.node ?? assert.fail());
      const stages = runs[0]?.stages.map(({ stage }) => stage) ?? [];
      for (const stage of ["nodeNotReady", "fenced", "attached", "ready"] as const) assert.ok(stages.includes(stage));
    });

    it("when a node that is dead comes back, to a store that has waited for it", async () => {
      const { shortfalls, runs } = await drilled(archive, DrillCase.NodeReturn);
      assert.deepEqual(shortfalls, []);
      assert.equal(runs[0]?.newNode, runs[0]?.node);
    });
  });

  it("fails a node of any cluster by a command of the operator's own, and waits until it is back", async () => {
    const { sandbox } = world;
    const connection = clusterOf({ kubeconfig: sandbox.kubeconfig, context: "sandbox" });
    const anyCluster = await clusterTarget(connection, { namespace: "photos" }, photos.url);
    const [{ node } = assert.fail("photos has no gateway")] = await world.cluster.endpointsOf(photos.store);
    const switchOff = [process.execPath, "-r", "ts-node/register/transpile-only", join(__dirname, "kill-node.ts")];
    const command = [...switchOff, sandbox.directory, "{node}"];
    const running = drilled(anyCluster, DrillCase.NodeFailure, { method: "command", command, productionAllowed: true });
    running.catch(() => undefined);
    const other = await eventually(
      "a gateway on another node",
      async () => {
        const [serving] = await world.cluster.endpointsOf(photos.store);
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
    assert.deepEqual(await leftBehind(), []);
  });

  describe("a node that is cut off while its gateway goes on writing", () => {
    it("costs exactly what that gateway acknowledged where the store assumes that the node is dead", async () => {
      const { shortfalls, runs, summary } = await drilled(photos, DrillCase.Partition);
      assert.deepEqual(shortfalls, []);
      const { isolated, lost } = runs[0]?.ledger ?? assert.fail();
      assert.ok(isolated && isolated.acknowledged > 0 && isolated.asExpected);
      assert.equal(isolated.lost, isolated.acknowledged);
      assert.ok(lost.some((key) => key.includes("isolated-")));
      assert.ok(summary.overlaps > 0, "two gateways wrote, and nobody saw it");
      assert.ok(runs[0]?.overlaps.some(({ of, who }) => of === "processes" && who.length === 2));
    });

    it("costs nothing where the store waits", async () => {
      const { shortfalls, runs } = await drilled(archive, DrillCase.Partition);
      assert.deepEqual(shortfalls, []);
      const [{ ledger, overlaps, node, newNode } = assert.fail()] = runs;
      const { isolated, lost } = ledger;
      assert.ok(isolated && isolated.acknowledged > 0 && isolated.asExpected);
      assert.deepEqual(
        { lost, isolatedAndLost: isolated.lost, overlaps },
        { lost: [], isolatedAndLost: 0, overlaps: [] },
      );
      assert.equal(newNode, node);
    });
  });

  describe("catch", () => {
    it("a lost, a changed and a foreign object", async () => {
      const running = drilled(archive, DrillCase.PodFailure);
      const bucket = await drilledBucket("archive");
      const client = archive.client(bucket, "sdk-defaults");
      const key = (number: number): string => `run-001/put-${String(number).padStart(6, "0")}`;
      await eventually("objects of the drill", async () =>
        (await client.list("run-001/").catch((): string[] => [])).includes(key(3)) ? true : undefined,
      );
      await client.remove(key(1));
      await client.put(key(2), contentOf("something else", 4096));
      await client.put(key(900_000), contentOf("foreign", 10));
      client.close();
      const { runs, shortfalls } = await running;
      const { lost, corrupt, phantom } = runs[0]?.ledger ?? assert.fail();
      assert.deepEqual({ lost, corrupt, phantom }, { lost: [key(1)], corrupt: [key(2)], phantom: [key(900_000)] });
      assert.deepEqual(shortfalls, [
        `run 1: 1 acknowledged objects are lost: ${key(1)}`,
        `run 1: 1 objects hold other content than was written: ${key(2)}`,
        `run 1: 1 objects are there that were never sent: ${key(900_000)}`,
      ]);
    });

    it("a second writer on the volume", async () => {
      const running = drilled(archive, DrillCase.PodFailure, { method: "pod-deleted" });
      const [serving] = await world.cluster.endpointsOf(archive.store);
      await eventually("the drill's load", async () =>
        (await drilledBucket("archive")) !== "" && (await loadRuns()) ? true : undefined,
      );
      await startSecondWriter(serving?.node ?? assert.fail(), archive.store.volume);
      const { runs, shortfalls } = await running;
      await core.deleteNamespacedPod({ namespace: "default", name: secondWriter, gracePeriodSeconds: 0 });
      assert.ok(
        runs[0]?.overlaps.some(({ of, who }) => of === "processes" && who.some((one) => one.includes(secondWriter))),
        JSON.stringify(runs[0]?.overlaps),
      );
      assert.ok(shortfalls.some((text) => text.startsWith("run 1: two processes at the same time")));
    });
  });

  describe("that end before their end", () => {
    it("put everything back when somebody interrupts them", async () => {
      const interrupt = new AbortController();
      const running = drilled(photos, DrillCase.SwitchOver, { signal: interrupt.signal });
      running.catch(() => undefined);
      await cordonedNode();
      interrupt.abort();
      await assert.rejects(running, (error) => error instanceof ToolError && error.exitCode === ExitCode.Interrupted);
      assert.deepEqual(await leftBehind(), []);
    });

    it("are cleaned up after when they are killed; until then no other begins", async () => {
      const args = ["drill", "switch-over", "--directory", world.sandbox.directory, "--namespace", "photos"];
      await served("photos");
      const child = spawn("node", [join(repositoryDirectory, "tool", "longhorn-s3.js"), ...args], { stdio: "ignore" });
      const node = await cordonedNode();
      child.kill("SIGKILL");
      await once(child, "exit");
      await assert.rejects(drilled(photos, DrillCase.PodFailure), {
        message:
          /^In namespace photos another drill runs \(switch-over, by .+ since .+\)\. If it was killed, put back what it left: longhorn-s3 drill cleanup --directory \S+ --namespace photos --store photos$/,
      });
      const cleaned = JSON.parse(await cli("drill", "cleanup", ...args.slice(2), "--json")) as Record<string, string[]>;
      assert.deepEqual(cleaned["failed"], []);
      const [scaled, uncordoned, bucket = ""] = (cleaned["done"] ?? []).sort();
      assert.equal(scaled, "kubectl scale deployment -n photos photos --replicas 1");
      assert.equal(uncordoned, `kubectl uncordon ${node}`);
      assert.match(bucket, /^remove bucket longhorn-s3-drill-/);
      assert.deepEqual(await leftBehind(), []);
    });

    it("are cleaned up after in the order in which it can be done: a fenced node, its fence, its store", async () => {
      const args = ["--directory", world.sandbox.directory, "--namespace", "archive"];
      await served("archive");
      const command = [join(repositoryDirectory, "tool", "longhorn-s3.js"), "drill", "fence", ...args];
      const child = spawn("node", command, { stdio: "ignore" });
      const node = await eventually("a node that the drill has fenced", async () => {
        const { items } = await core.listNode();
        return items.find(isOutOfService)?.metadata?.name;
      });
      child.kill("SIGKILL");
      await once(child, "exit");
      const watch = await world.cluster.watchFailover(archive.store);
      const cleaned = await cli("drill", "cleanup", ...args, "--json").finally(() => watch.stop());
      const { done = [], failed } = JSON.parse(cleaned) as Record<string, string[]>;
      assert.deepEqual(failed, []);
      assert.deepEqual(done.slice(0, -1), [
        `start node ${node}`,
        `unfence node ${node}`,
        "kubectl scale deployment -n archive archive --replicas 1",
      ]);
      isUnfencedWhenClean(watch.observations, node);
      assert.deepEqual(await leftBehind(), []);
    });
  });

  /** A fence that goes while its node is off leaves other workloads stuck. */
  function isUnfencedWhenClean(observations: readonly Observation[], node: string): void {
    const fenced = observations.findLastIndex((one) => one.kind === "Node" && one.name === node && one.outOfService);
    const after = observations.slice(fenced + 1).find((one) => one.kind === "Node" && one.name === node);
    assert.ok(fenced >= 0 && after?.kind === "Node" && after.ready && !after.outOfService);
    const attachments = new Map<string, boolean>();
    for (const one of observations.slice(0, observations.indexOf(after))) {
      if (one.kind === "VolumeAttachment" && one.node === node) attachments.set(one.name, !one.gone);
    }
    assert.deepEqual([...attachments.values()].filter(Boolean), []);
  }

  /** The bucket of the drill that runs, from its journal. */
  async function drilledBucket(namespace: string): Promise<string> {
    return eventually("the drill's bucket", async () => {
      const journal = await Journal.find(archive.config, namespace);
      return journal?.open.flatMap((text) => /^remove bucket (\S+)$/.exec(text)?.[1] ?? [])[0];
    });
  }

  async function loadRuns(): Promise<boolean> {
    const client = archive.client(await drilledBucket("archive"), "sdk-defaults");
    const keys = await client.list("run-001/").catch((): string[] => []);
    client.close();
    return keys.length > 5;
  }

  function cordonedNode(): Promise<string> {
    return eventually("a node that the drill has cordoned", async () => {
      const { items } = await core.listNode();
      return items.find(({ spec }) => spec?.unschedulable === true)?.metadata?.name;
    });
  }

  async function served(namespace: string): Promise<void> {
    const { store } = namespace === "photos" ? photos : archive;
    await eventually("a gateway", async () => (await world.cluster.endpointsOf(store))[0]);
  }

  /** Everything of a drill that is still in the cluster. */
  async function leftBehind(): Promise<string[]> {
    const [{ items: nodes }, maps, atZero] = await Promise.all([
      core.listNode(),
      core.listConfigMapForAllNamespaces({ labelSelector: "app.kubernetes.io/managed-by=longhorn-s3" }),
      scaledToZero(archive.config),
    ]);
    return [
      ...nodes.flatMap(({ metadata, spec }) => (spec?.unschedulable ? [`cordoned: ${metadata?.name ?? ""}`] : [])),
      ...nodes.flatMap(({ spec }) => spec?.taints?.map(({ key }) => key) ?? []),
      ...nodes.flatMap(({ metadata }) =>
        Object.keys(metadata?.annotations ?? {}).filter((key) => key.startsWith("longhorn-s3/")),
      ),
      ...maps.items
        .filter(({ metadata }) => metadata?.name !== resultsName) // which is left on purpose
        .map(({ metadata }) => `ConfigMap in ${metadata?.namespace ?? ""}`),
      ...atZero.map(({ namespace }) => `0 replicas in ${namespace}`),
    ];
  }

  const secondWriter = "second-writer";

  async function startSecondWriter(node: string, volume: string): Promise<void> {
    const { store } = archive;
    const [pod] = (await core.listNamespacedPod({ namespace: store.namespace, labelSelector: store.podSelector }))
      .items;
    const container = {
      name: secondWriter,
      image: pod?.spec?.containers[0]?.image,
      args: ["--rgw-frontends", "beast port=7480"],
      volumeMounts: [{ name: secondWriter, mountPath: "/data" }],
    };
    const volumes = join(world.sandbox.directory, "volumes", volume);
    const [newest = ""] = readdirSync(volumes)
      .filter((name) => name.startsWith("generation-"))
      .sort((one, other) => Number(other.slice(11)) - Number(one.slice(11)));
    const path = join(volumes, newest);
    await core.createNamespacedPod({
      namespace: "default",
      body: {
        metadata: { name: secondWriter },
        spec: { nodeName: node, containers: [container], volumes: [{ name: secondWriter, hostPath: { path } }] },
      },
    });
  }

  async function cli(...args: string[]): Promise<string> {
    const child = spawn("node", [join(repositoryDirectory, "tool", "longhorn-s3.js"), ...args]);
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    await once(child, "exit");
    return output;
  }
});
