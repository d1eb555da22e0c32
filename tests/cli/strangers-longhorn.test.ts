import assert from "node:assert/strict";
import { CoreV1Api, StorageV1Api, type V1ObjectMeta } from "@kubernetes/client-node";
import { kubeConfigOf } from "../../tool/cluster/connection";
import { shareSandbox, type DeployedSandbox } from "../../testbed/sandboxes";
import type { StackConfig } from "../../testbed/stack-settings";
import { inlineStack, type Program } from "../../testbed/inline-stack";
import { Longhorn } from "../../index";
import { toolOnStack } from "../../testbed/tool-on-stack";
import { eventually } from "../../testbed/eventually";

const stackLabel = "longhorn-s3/stack";

/** Metadata of an object as a change of it would show. */
const traces = ({ uid, resourceVersion, labels }: V1ObjectMeta = {}) => ({ uid, resourceVersion, labels });

describe("objects that a stack did not create, on the sandbox", function () {
  this.timeout("10m");
  let world: DeployedSandbox;
  let core: CoreV1Api;
  let storage: StorageV1Api;
  let tool: ReturnType<typeof toolOnStack>;
  let existingLonghorn: StackConfig["existingLonghorn"];

  before(async () => {
    world = await shareSandbox();
    const config = kubeConfigOf({ kubeconfig: world.sandbox.kubeconfig });
    core = config.makeApiClient(CoreV1Api);
    storage = config.makeApiClient(StorageV1Api);
    tool = toolOnStack(world);
    world.configure((settings) => {
      existingLonghorn = settings.existingLonghorn;
      delete settings.existingLonghorn;
      settings.longhorn = {
        ...{ version: "1.12.0", chart: world.sandbox.chart, kubeletRootDir: "/var/lib/kubelet" },
        podDeletionPolicy: "delete-deployment-pod",
      };
    });
  });
  after(() => world.remove());

  const longhornTraces = async () => [
    traces((await core.readNamespace({ name: "longhorn-system" })).metadata),
    traces((await storage.readStorageClass({ name: "longhorn-s3" })).metadata),
  ];
  const namespaceTraces = async () => traces((await core.readNamespace({ name: "photos" })).metadata);
  const createNamespace = (labels: Record<string, string>, fieldManager: string) =>
    core.createNamespace({ body: { metadata: { name: "photos", labels } }, fieldManager });

  it("a Longhorn of another stack is neither installed again nor taken over", async () => {
    const before = await longhornTraces();
    const { exitCode, stdout, stderr } = await tool("up", "--yes");
    assert.equal(exitCode, 2, stderr);
    assert.equal(stdout, "");
    assert.match(stderr, /^up on stack sandbox is refused, because it would take over existing objects/m);
    // The other stack has the same name, in another backend.
    assert.deepEqual(
      stderr
        .split("\n")
        .filter((line) => line.startsWith("error    "))
        .sort(),
      [
        "error    Helm release longhorn-system/longhorn exists, and another stack named longhorn-s3.sandbox created it",
        "error    Longhorn 1.12.0 is installed, and this stack did not install it",
        "error    Namespace longhorn-system exists, and another stack named longhorn-s3.sandbox created it",
        "error    StorageClass longhorn-s3 exists, and another stack named longhorn-s3.sandbox created it",
      ],
    );
    assert.match(stderr, /existingLonghorn instead of longhorn/);
    assert.match(stderr, /adopt: \{ longhorn-namespace: longhorn-system \}/);
    assert.deepEqual(await longhornTraces(), before);
    assert.deepEqual(await world.deployment.outputs(), {});
  });

  it("a preview says so too", async () => {
    const { exitCode, stderr } = await tool("preview");
    assert.equal(exitCode, 2, stderr);
    assert.match(stderr, /^preview on stack sandbox is refused, because it would take over existing objects/m);
  });

  it("the components refuse it in the engine's own preview", async () => {
    const before = await longhornTraces();
    const stack = await inlineStack(world, "strangers");
    const program: Program = (opts) => {
      new Longhorn("longhorn", { version: "1.12.0", chart: world.sandbox.chart }, opts);
      return undefined;
    };
    await assert.rejects(stack.preview(program), ({ message }: Error) => {
      assert.match(
        message,
        /createNamespace: got true; allowed: another value, because the Namespace longhorn-system exists/,
      );
      assert.match(message, /storageClass\.name: got "longhorn-s3"; allowed: another value/);
      assert.match(message, /existingLonghorn: \{"version":/);
      assert.match(message, /adopt: \{"longhorn-namespace":"longhorn-system"\}/);
      return true;
    });
    assert.deepEqual(await longhornTraces(), before);
  });

  it("the release can be adopted all the same, which is asked before anything is changed", async () => {
    const { exitCode, stdout, stderr } = await tool("adopt");
    assert.equal(exitCode, 2, stderr);
    assert.doesNotMatch(stdout + stderr, /this stack did not create it/);
    assert.match(stdout + stderr, /longhorn-system\/longhorn/);
    assert.deepEqual(await world.deployment.outputs(), {});
  });

  it("a namespace of somebody else is not relabeled for a store", async () => {
    world.configure((settings) => (settings.existingLonghorn = existingLonghorn));
    await createNamespace({ team: "a" }, "kubectl-create");
    const before = await namespaceTraces();
    const { exitCode, stderr } = await tool("up", "--yes");
    assert.equal(exitCode, 2, stderr);
    assert.match(
      stderr,
      /^error {4}Namespace photos exists, and this stack did not create it\n {9}createNamespace: false in the store, to use it as it is, or adopt: \{ photos-namespace: photos \} to adopt it$/m,
    );
    await assert.rejects(world.deployment.preview(), /the Namespace photos exists and was not created by this stack/);
    assert.deepEqual(await namespaceTraces(), before);
    await core.deleteNamespace({ name: "photos" });
    await eventually("the end of the namespace", async () => {
      const { items } = await core.listNamespace();
      return items.some(({ metadata }) => metadata?.name === "photos") ? undefined : true;
    });
  });

  it("what an interrupted update of the stack has left is its own, and is not created a second time", async () => {
    const restore = world.configure((settings) => (settings.stores = {}));
    await world.deployment.up();
    restore();
    await createNamespace({ [stackLabel]: "longhorn-s3.sandbox" }, "pulumi-kubernetes-interrupted");
    const { uid } = await namespaceTraces();
    const { exitCode, stderr } = await tool("up", "--yes");
    assert.equal(exitCode, 0, stderr);
    assert.equal((await namespaceTraces()).uid, uid);
    assert.ok((await world.outputs()).stores["photos"]);
    const { changes } = await world.deployment.preview();
    assert.deepEqual(
      Object.keys(changes).filter((change) => change !== "same"),
      [],
    );
  });
});
