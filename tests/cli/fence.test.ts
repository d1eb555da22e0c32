import assert from "node:assert/strict";
import type { KubeConfig } from "@kubernetes/client-node";
import { CoreV1Api, StorageV1Api, type V1Node } from "@kubernetes/client-node";
import type { StoreOutputs } from "../../components/stack-reference/contract";
import { ExitCode, CancelledError, ToolError } from "../../tool/errors";
import { kubeConfigOf } from "../../tool/cluster/connection";
import { fenceNode, type FenceOptions, type FenceReport } from "../../tool/features/fence/fence";
import { fenceAnnotation, fenceMarkOf, isOutOfService } from "../../tool/features/fence/mark";
import { isReady } from "../../tool/cluster/kubernetes";
import { unfenceNode } from "../../tool/features/fence/unfence";
import type { ObjectClient } from "../../tool/s3/client";
import { shareSandbox, type DeployedSandbox } from "../../testbed/sandboxes";
import { eventually } from "../../testbed/eventually";
import { interruptedAt, undisturbed } from "./interrupting";
import { deployTwoStores } from "../../testbed/watched-stores";
import { objectsAreThere, storeObjects } from "../../testbed/stored-objects";

describe("fencing a node by hand, on the sandbox", function () {
  this.timeout("15m");
  let world: DeployedSandbox;
  let core: CoreV1Api;
  let archive: StoreOutputs;
  let client: ObjectClient;
  let config: KubeConfig;

  before(async () => {
    world = await shareSandbox();
    await deployTwoStores(world);
    archive = (await world.outputs()).stores["archive"] ?? assert.fail("no store archive");
    const connected = await world.client("archive", "bucket");
    await connected.createBucket();
    client = connected;
    await storeObjects(client);
    config = kubeConfigOf({ kubeconfig: world.sandbox.kubeconfig });
    core = config.makeApiClient(CoreV1Api);
  });
  after(() => world.remove());

  it("is refused for a node that answers, and where nobody vouches; nothing is changed", async () => {
    const node = await servingNode();
    await assert.rejects(fence(node), (error) => {
      assert.ok(error instanceof ToolError && error.exitCode === ExitCode.Refused);
      assert.match(error.message, /^Node \S+ is not fenced, nothing was changed:\n {2}- The node is Ready, so/);
      return true;
    });
    await world.sandbox.killNode(node);
    await becomes("not ready", node, (one) => !isReady(one));
    await assert.rejects(fence(node, { vouch: () => Promise.resolve(false) }), {
      message: `Node ${node} was not confirmed to be powered off. Nothing was changed.`,
    });
    assert.ok(!isOutOfService(await core.readNode({ name: node })));
    assert.equal(fenceMarkOf(await core.readNode({ name: node })), undefined);
    await world.sandbox.startNode(node);
    await becomes("ready", node, isReady);
    await objectsAreThere(client);
  });

  it("has a store that would wait serve from another node, with all objects, and is taken back when the node is clean", async () => {
    const node = await killedNode();
    const report = await fence(node);
    assert.equal(report.outOfServiceBefore, false);
    const newNode = newNodeIn(report);
    assert.notEqual(newNode, node);
    assert.equal(await servingNode(), newNode);
    await objectsAreThere(client);
    await isTakenBack(node);
  });

  it("goes on where it was interrupted after the taint", async () => {
    const node = await killedNode();
    await assert.rejects(fence(node, interruptedAt("Wait for the stores")), CancelledError);
    const tainted = await core.readNode({ name: node });
    assert.ok(isOutOfService(tainted));
    // The other store may have been on the node as well.
    assert.ok(fenceMarkOf(tainted)?.stores.includes(`${archive.namespace}/${archive.serviceName}`));
    const report = await fence(node);
    assert.equal(report.outOfServiceBefore, true);
    assert.notEqual(newNodeIn(report), node);
    assert.deepEqual(fenceMarkOf(await core.readNode({ name: node })), fenceMarkOf(tainted));
    await objectsAreThere(client);
    await isTakenBack(node);
    assert.deepEqual(await world.alarms(), []);
  });

  const fence = (node: string, options: Partial<FenceOptions> = {}): Promise<FenceReport> =>
    fenceNode(config, {
      ...{ node, silentForSeconds: 5, vouch: () => Promise.resolve(true) },
      ...undisturbed(),
      ...options,
    });

  function newNodeIn({ stores }: FenceReport): string {
    const store = stores.find(({ namespace, name }) => namespace === archive.namespace && name === archive.serviceName);
    return store?.newNode ?? assert.fail(`not ready on another node: ${JSON.stringify(stores)}`);
  }

  async function servingNode(): Promise<string> {
    const look = async () => (await world.cluster.endpointsOf(archive))[0];
    return (await eventually("a pod that serves", look)).node;
  }

  async function killedNode(): Promise<string> {
    const node = await servingNode();
    await world.sandbox.killNode(node);
    await becomes("not ready and silent", node, (one) => !isReady(one));
    return node;
  }

  async function becomes(what: string, name: string, is: (node: V1Node) => boolean): Promise<void> {
    await eventually(`${name} ${what}`, async () => (is(await core.readNode({ name })) ? true : undefined));
  }

  /** Refused while the node is unavailable, accepted as soon as nothing is left on it, and nothing to do the second time. */
  async function isTakenBack(node: string): Promise<void> {
    const unfence = () => unfenceNode(config, { node, ...undisturbed() });
    await assert.rejects(unfence(), /stays out of service, nothing was changed:\n {2}- The node has not returned:/);
    assert.ok(isOutOfService(await core.readNode({ name: node })));
    await world.sandbox.startNode(node);
    const { changed } = await eventually("a clean node", () =>
      unfence().catch((error: unknown) => {
        if (error instanceof ToolError && error.exitCode === ExitCode.Refused) return undefined;
        throw error;
      }),
    );
    assert.ok(changed);
    const back = await core.readNode({ name: node });
    assert.ok(!isOutOfService(back) && back.metadata?.annotations?.[fenceAnnotation] === undefined);
    const volume = await world.cluster.volumeOf(archive);
    const { items } = await config.makeApiClient(StorageV1Api).listVolumeAttachment();
    assert.ok(!items.some(({ spec }) => spec.nodeName === node && spec.source.persistentVolumeName === volume));
    assert.equal((await unfence()).changed, false);
  }
});
