import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { KubeConfig } from "@kubernetes/client-node";
import { CoreV1Api, StorageV1Api } from "@kubernetes/client-node";
import type { StoreOutputs } from "../../components/stack-reference/contract";
import { CancelledError, ToolError } from "../../tool/errors";
import { kubeConfigOf } from "../../tool/cluster/connection";
import { cordon, cordonMarkOf } from "../../tool/cluster/cordon";
import { moveStore, planMove, type MoveOptions, type MoveReport } from "../../tool/features/move/move";
import { putBackMoves } from "../../tool/features/move/put-back";
import { scaledToZero } from "../../tool/features/scale/scale-to-zero";
import { repositoryDirectory } from "../../tool/repository";
import type { ObjectClient } from "../../tool/s3/client";
import type { StatusReport } from "../../tool/features/status/report";
import { readStatus } from "../../tool/features/status/status";
import { readStore, type StoreInCluster } from "../../tool/cluster/store/store-in-cluster";
import { shareSandbox, type DeployedSandbox } from "../../testbed/sandboxes";
import { eventually } from "../../testbed/eventually";
import { interruptedAt, undisturbed } from "./interrupting";
import { objectsAreThere, storeObjects } from "../../testbed/stored-objects";
import { toolOnStack } from "../../testbed/tool-on-stack";

const command = join(repositoryDirectory, "tool", "longhorn-s3.js");

describe("moving a store while all is well, on the sandbox", function () {
  this.timeout("15m");
  let world: DeployedSandbox;
  let core: CoreV1Api;
  let photos: StoreOutputs;
  let tool: ReturnType<typeof toolOnStack>;
  let client: ObjectClient;
  let config: KubeConfig;

  before(async () => {
    world = await shareSandbox();
    tool = toolOnStack(world);
    await world.deployment.up();
    photos = (await world.outputs()).stores["photos"] ?? assert.fail("no store photos");
    const connected = await world.client("photos", "bucket");
    await connected.createBucket();
    client = connected;
    await storeObjects(client);
    config = kubeConfigOf({ kubeconfig: world.sandbox.kubeconfig });
    core = config.makeApiClient(CoreV1Api);
  });
  after(() => world.remove());

  it("has a status from the stack's state and from the cluster, whose verdict follows the nodes", async () => {
    const from = await servingNode();
    const others = world.sandbox.nodes.filter((node) => node !== from);
    const well = await tool("status", "--store", photos.serviceName, "--json");
    assert.equal(well.exitCode, 0, well.stderr + well.stdout);
    const [status] = (JSON.parse(well.stdout) as StatusReport).stores;
    assert.equal(status?.gateway?.node, from);
    assert.deepEqual([status.volume?.robustness, status.byItself, status.reasons], ["healthy", true, []]);
    assert.deepEqual(
      status.nodes.map(({ name, couldTakeOver, replica }) => [name, couldTakeOver, replica]),
      [[from, false, "whole"], ...others.sort().map((name) => [name, true, "whole"])],
    );
    for (const node of others) await setCordoned(node, true);
    const ill = await readStatus({ config, reachedBy: [] }, { namespace: photos.namespace, name: photos.serviceName });
    assert.equal(ill.survives, false);
    assert.deepEqual(ill.stores[0]?.reasons, [
      `no other node could take over: ${others.map((node) => `${node} is cordoned`).join("; ")}`,
    ]);
    const told = await tool("status");
    assert.equal(told.exitCode, 1, told.stderr);
    assert.match(told.stdout, /Would it survive a failure now\? NO/);
    for (const node of others) await setCordoned(node, false);
  });

  it("has outputs, whose secrets are shown only where they are asked for", async () => {
    const { credentials } = await world.outputs();
    const { secretAccessKey = "" } = credentials["photos"] ?? {};
    const [hidden, shown] = [await tool("outputs"), await tool("outputs", "--show-secrets", "--json")];
    assert.deepEqual([hidden.exitCode, shown.exitCode], [0, 0], hidden.stderr + shown.stderr);
    assert.match(hidden.stdout, /\[secret\]/);
    assert.ok(secretAccessKey !== "" && !hidden.stdout.includes(secretAccessKey));
    assert.ok(shown.stdout.includes(secretAccessKey));
  });

  it("brings it and its volume to another node, with all objects, and opens the old one again", async () => {
    const from = await servingNode();
    const report = await move();
    assert.equal(report.from, from);
    const newNode = report.newNode ?? assert.fail("it did not become ready");
    assert.notEqual(newNode, from);
    assert.deepEqual(
      report.putBack.map(({ node }) => node),
      [from],
    );
    assert.equal(await servingNode(), newNode);
    assert.deepEqual(await attachedTo(), [newNode]);
    assert.deepEqual(await cordons(), {});
    await objectsAreThere(client);
  });

  it("brings it to the node that was asked for, and leaves cordoned what others have cordoned", async () => {
    const from = await servingNode();
    const [to = "", other = ""] = world.sandbox.nodes.filter((node) => node !== from);
    await setCordoned(other, true);
    assert.equal((await move({ to })).newNode, to);
    assert.deepEqual(await cordons(), { [other]: "by others" });
    assert.equal((await move({ to })).deletedAt, undefined, "it was there already");
    await objectsAreThere(client);
    await assert.rejects(move({ to: other }), (error) => {
      assert.ok(error instanceof ToolError);
      assert.match(error.message, new RegExp(`\\n  - It cannot move to ${other}: ${other} is cordoned\\.$`));
      return true;
    });
    assert.equal(await servingNode(), to);
    await setCordoned(other, false);
  });

  it("is put back when it is interrupted, and the store serves", async () => {
    await assert.rejects(move(interruptedAt("Wait for")), CancelledError);
    assert.deepEqual(await cordons(), {});
    await objectsAreThere(client);
    await settled();
  });

  it("is put back by --undo when it was killed, and refused until then", async () => {
    const from = await killedMove();
    assert.deepEqual(await cordons(), { [from]: "by a move" });
    await assert.rejects(
      move(),
      /Its Deployment is at 0 replicas because of a move or a fence .* longhorn-s3 move --undo/,
    );
    const name = `${photos.namespace}/${photos.serviceName}`;
    assert.deepEqual(await putBackMoves({ config, reachedBy: [] }), [{ store: name, node: from }, { store: name }]);
    assert.deepEqual(await cordons(), {});
    await settled();
    await objectsAreThere(client);
  });

  it("puts back what an earlier one has left cordoned", async () => {
    const from = await servingNode();
    const mark = { at: new Date().toISOString(), store: `${photos.namespace}/${photos.serviceName}` };
    await cordon(core, from, mark);
    const { putBack } = await move();
    assert.equal(putBack.filter(({ node }) => node === from).length, 2, "of the earlier one, and of its own");
    assert.deepEqual(await cordons(), {});
    await objectsAreThere(client);
    assert.deepEqual(await world.alarms(), []);
  });

  const store = (): Promise<StoreInCluster> =>
    readStore(config, { namespace: photos.namespace, name: photos.serviceName });

  async function move(options: Partial<MoveOptions> = {}): Promise<MoveReport> {
    return moveStore(config, await store(), { agree: () => Promise.resolve(true), ...undisturbed(), ...options });
  }

  /** Kills the command after it has scaled the Deployment to zero; says which node it has cordoned. */
  async function killedMove(): Promise<string> {
    const node = await servingNode();
    const flags = ["--kubeconfig", world.sandbox.kubeconfig, "--namespace", photos.namespace, "--yes", "--json"];
    const child = spawn(process.execPath, [command, "move", ...flags], { stdio: "ignore" });
    const ended = once(child, "exit");
    await eventually("a store at 0 replicas", async () => ((await scaledToZero(config)).length > 0 ? true : undefined));
    child.kill("SIGKILL");
    await ended;
    return node;
  }

  /** A killed move has deleted the pod or not; either way the store is one in the end that could be moved. */
  async function settled(): Promise<void> {
    await objectsAreThere(client);
    await eventually("a store that can be moved", async () => {
      const pods = await core.listNamespacedPod({ namespace: photos.namespace });
      if (pods.items.some(({ metadata }) => metadata?.deletionTimestamp !== undefined)) return undefined;
      if ((await attachedTo()).length !== 1) return undefined;
      return planMove({ config, reachedBy: [] }, await store()).catch(() => undefined);
    });
  }

  async function servingNode(): Promise<string> {
    const look = async () => (await world.cluster.endpointsOf(photos))[0];
    return (await eventually("a pod that serves", look)).node;
  }

  async function attachedTo(): Promise<string[]> {
    const volume = await world.cluster.volumeOf(photos);
    const { items } = await config.makeApiClient(StorageV1Api).listVolumeAttachment();
    return items.filter(({ spec }) => spec.source.persistentVolumeName === volume).map(({ spec }) => spec.nodeName);
  }

  /** Every node that is cordoned or marked, and by whom. */
  async function cordons(): Promise<Record<string, string>> {
    const { items } = await core.listNode();
    const closed = items.filter((node) => node.spec?.unschedulable === true || cordonMarkOf(node) !== undefined);
    return Object.fromEntries(
      closed.map((node) => [node.metadata?.name ?? "", cordonMarkOf(node) === undefined ? "by others" : "by a move"]),
    );
  }

  async function setCordoned(name: string, value: boolean): Promise<void> {
    await core.patchNode({ name, body: [{ op: "add", path: "/spec/unschedulable", value }] });
  }
});
