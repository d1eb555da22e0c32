import assert from "node:assert/strict";
import { CoreV1Api, CustomObjectsApi, type KubeConfig } from "@kubernetes/client-node";
import { kubeConfigOf } from "../../tool/cluster/connection";
import { dirname, join } from "node:path";
import type { StoreOutputs } from "../../components/stack-reference/contract";
import { fenceNode } from "../../tool/features/fence/fence";
import { stackFlags } from "../../tool/terminal/command-line";
import { silent } from "../../tool/terminal/progress";
import { readStuckPods, stuckPodText } from "../../tool/features/verify/stuck-pods";
import { prepareSandbox, type DeployedSandbox } from "../../testbed/sandboxes";
import { eventually } from "../../testbed/eventually";
import { toolOnStack } from "../../testbed/tool-on-stack";

describe("a pod that is to go from a dead node, on the sandbox", function () {
  this.timeout("10m");
  let world: DeployedSandbox;
  let core: CoreV1Api;
  let photos: StoreOutputs;
  let serving: { podName: string; node: string };
  let config: KubeConfig;

  before(async () => {
    world = await prepareSandbox();
    await world.deployment.up();
    config = kubeConfigOf({ kubeconfig: world.sandbox.kubeconfig });
    core = config.makeApiClient(CoreV1Api);
    photos = (await world.outputs()).stores["photos"] ?? assert.fail("no store photos");
    serving = await eventually("a pod that serves", async () => (await world.cluster.endpointsOf(photos))[0]);
  });
  after(() => world.remove());

  const stuckPods = () => readStuckPods(config, [photos.namespace]);

  it("is none while its node is well, nor while a node is silent and the pod stays with it", async () => {
    assert.deepEqual(await stuckPods(), []);
    // Somebody changed it by hand: nobody removes the pod, which is what the warning is for.
    await config.makeApiClient(CustomObjectsApi).patchNamespacedCustomObject({
      ...{ group: "longhorn.io", version: "v1beta2", namespace: "longhorn-system", plural: "settings" },
      name: "node-down-pod-deletion-policy",
      body: [{ op: "replace", path: "/value", value: "do-nothing" }],
    });
    await world.sandbox.killNode(serving.node);
    await eventually(`${serving.node} not ready`, async () => {
      const conditions = (await core.readNode({ name: serving.node })).status?.conditions ?? [];
      return conditions.some(({ type, status }) => type === "Ready" && status !== "True") ? true : undefined;
    });
    const stuck = await stuckPods();
    const { metadata } = await core.readNamespacedPod({ namespace: photos.namespace, name: serving.podName });
    assert.ok(
      stuck.length === 0 || metadata?.deletionTimestamp !== undefined,
      "found, and not yet marked for deletion",
    );
  });

  it("is found once its toleration has ended, with its node and its Deployment, and only in the namespaces asked for", async () => {
    const found = await eventually("a stuck pod", async () => {
      const pods = await stuckPods();
      return pods.length > 0 ? pods : undefined;
    });
    const { podName: name, node } = serving;
    assert.deepEqual(found, [{ namespace: photos.namespace, name, node, deployment: photos.deploymentName }]);
    assert.deepEqual(await readStuckPods(config, ["default"]), []);
  });

  it("is what up warns of before anything else, and changes nothing", async () => {
    const { podName: name, node } = serving;
    const pod = { namespace: photos.namespace, name, node, deployment: photos.deploymentName };
    const { exitCode, stderr } = await toolOnStack(world)("up");
    assert.equal(exitCode, 2, stderr);
    const [first, ...rest] = stderr.split("\n");
    const project = join(dirname(world.deployment.settingsFile), "..", "project");
    assert.equal(first, `warning: ${stuckPodText(pod, stackFlags("sandbox", project))}`);
    assert.match(rest.join("\n"), /no terminal for the confirmation.*Nothing was changed\./);
  });

  it("goes by what the warning says, and the store serves from another node", async () => {
    const [pod] = await stuckPods();
    assert.match(
      stuckPodText(pod ?? assert.fail("no stuck pod"), []),
      new RegExp(`longhorn-s3 fence ${serving.node}$`),
    );
    await fenceNode(config, {
      node: serving.node,
      silentForSeconds: 5,
      vouch: () => Promise.resolve(true),
      progress: silent,
      signal: new AbortController().signal,
    });
    await eventually("the end of the stuck pod", async () => ((await stuckPods()).length === 0 ? true : undefined));
    const after = await eventually(
      "a pod that serves",
      async () => (await world.cluster.endpointsOf(photos)).find(({ podName }) => podName !== serving.podName),
      400,
    );
    assert.notEqual(after.node, serving.node);
    assert.deepEqual(await world.alarms(), []);
  });
});
