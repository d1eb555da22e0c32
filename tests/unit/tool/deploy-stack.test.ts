import assert from "node:assert/strict";
import type { EngineEvent } from "@pulumi/pulumi/automation";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { commandWords } from "../../../tool/commands/words";
import { CancelledError, throwIfInterrupted } from "../../../tool/errors";
import type { StackEvent } from "../../../tool/features/deploy-stack/events";
import {
  deployStack,
  destroyStack,
  previewStack,
  refreshStack,
  type DeployOptions,
} from "../../../tool/features/deploy-stack/stack-operations";
import type { StackRun } from "../../../tool/features/deploy-stack/steps";
import { GuardRefusedError } from "../../../tool/features/guards/refused";
import type { OperationOptions, OperationSummary, StackOperations } from "../../../tool/pulumi/operations";

const urnOf = (stack: string, types: string, name: string): string =>
  `urn:pulumi:${stack}::longhorn-s3::${types}::${name}`;
const gateway = "longhorn-s3:index:ObjectStore$longhorn-s3:index:S3Gateway";

const event = (urn: string, op: string): EngineEvent =>
  ({
    resourcePreEvent: {
      metadata: {
        ...{ urn, op, type: urn.split("::")[2]?.split("$").at(-1), provider: "" },
        ...(op === "delete" ? { old: { protect: false, inputs: {} } } : { new: { protect: true, inputs: {} } }),
      },
    },
  }) as unknown as EngineEvent;

/** A stack whose engine plans and does as it is told. */
class FakeStack implements StackOperations {
  readonly ran: string[] = [];

  constructor(
    private readonly plan: readonly EngineEvent[],
    private readonly state: object = {},
  ) {}

  readonly preview = this.operation("preview");
  readonly previewRefresh = this.operation("previewRefresh");
  readonly previewDestroy = this.operation("previewDestroy");
  readonly up = this.operation("up");
  readonly refresh = this.operation("refresh");
  readonly destroy = this.operation("destroy");
  readonly outputs = (): Promise<Record<string, unknown>> => Promise.resolve({});
  readonly exported = (): Promise<unknown> => Promise.resolve(this.state);

  private operation(name: string) {
    return (options: OperationOptions = {}): Promise<OperationSummary> => {
      throwIfInterrupted(options.signal);
      this.ran.push(name);
      for (const one of this.plan) options.onEvent?.(one);
      return Promise.resolve({ changes: { create: this.plan.length }, warnings: [], seconds: 0 });
    };
  }
}

const created = (stack: string) => event(urnOf(stack, `${gateway}$kubernetes:apps/v1:Deployment`, "photos"), "create");
const lost = (stack: string) =>
  event(urnOf(stack, `${gateway}$kubernetes:core/v1:PersistentVolumeClaim`, "photos-data"), "delete");

const options: DeployOptions = {
  ...{ allowDataLoss: [], allowUnprotected: [], skipPreflight: false },
  ...{ skipVolumeCheck: false, skipVerification: true },
};

/** A run on a stack, and the types of its events; of a step with its name. */
function runOn(operations: StackOperations, stack = "dev", signal?: AbortSignal) {
  const events: StackEvent[] = [];
  const run: StackRun = {
    ...{ stack, operations, words: commandWords(stack, "."), signal },
    onEvent: (one) => void events.push(one),
  };
  const told = (): string[] => events.map((one) => ("step" in one ? `${one.type} ${one.step}` : one.type));
  return { run, events, told };
}

describe("the deployment of a stack", () => {
  it("previews, asks with what is planned, and changes something afterwards only", async () => {
    const stack = new FakeStack([created("dev")]);
    const { run, told, events } = runOn(stack);
    const deployed = await deployStack(run, {
      ...options,
      confirm: ({ changes }) => {
        assert.deepEqual([changes, stack.ran], [{ create: 1 }, ["preview"]]);
        return Promise.resolve();
      },
    });
    assert.deepEqual(stack.ran, ["preview", "up"]);
    assert.deepEqual(told(), [
      ...["step-started Preview", "engine Preview", "step-succeeded Preview", "planned"],
      ...["step-started Up", "engine Up", "step-succeeded Up", "operated"],
    ]);
    const planned = events.find(({ type }) => type === "planned");
    assert.ok(planned?.type === "planned");
    assert.deepEqual(
      planned.resources.map(({ resource, operation }) => [resource, operation]),
      [["Deployment photos", "create"]],
    );
    const { changes, guards, volumes, stuckPods } = deployed;
    assert.deepEqual(
      { changes, guards, volumes, stuckPods },
      {
        ...{ changes: { create: 1 }, guards: [], volumes: [], stuckPods: [] },
      },
    );
    assert.ok(!("verification" in deployed));
  });

  it("changes nothing where the answer is no, and fails as the question does", async () => {
    const stack = new FakeStack([created("dev")]);
    const no = new Error("no");
    await assert.rejects(deployStack(runOn(stack).run, { ...options, confirm: () => Promise.reject(no) }), no);
    assert.deepEqual(stack.ran, ["preview"]);
  });

  it("is refused where production would lose what was not named, before anybody is asked", async () => {
    const stack = new FakeStack([lost("prod")]);
    const { run } = runOn(stack, "prod");
    const confirm = () => assert.fail("asked");
    await assert.rejects(deployStack(run, { ...options, confirm }), (error) => {
      assert.ok(error instanceof GuardRefusedError);
      assert.deepEqual([error.code, error.exitCode, error.findings.length], ["guard-refused", 2, 1]);
      return true;
    });
    assert.deepEqual(stack.ran, ["preview"]);
    const accepted = { ...options, allowDataLoss: ["photos-data"], skipVolumeCheck: true };
    const { guards } = await deployStack(run, accepted);
    assert.deepEqual(
      guards.map(({ kind, name }) => [kind, name]),
      [["deletion", "photos-data"]],
    );
  });

  it("warns another stack of what it loses, and that volumes were not looked at", async () => {
    const { run, events } = runOn(new FakeStack([lost("dev")]));
    await deployStack(run, { ...options, skipVolumeCheck: true });
    const warnings = events.flatMap((one) => (one.type === "warning" ? [one.message] : []));
    assert.equal(warnings.length, 2);
    assert.match(warnings[0] ?? "", /^PersistentVolumeClaim photos-data would be deleted/);
    assert.match(warnings[1] ?? "", /check of other workloads' volumes was skipped/);
  });

  it("fails in its step, as the engine does", async () => {
    const failing = new FakeStack([created("dev")]);
    const failure = new Error("the engine said no");
    const { run, told } = runOn(Object.assign(failing, { up: () => Promise.reject(failure) }));
    await assert.rejects(deployStack(run, options), failure);
    assert.deepEqual(told().slice(-2), ["step-started Up", "step-failed Up"]);
  });

  it("is cancelled before it begins by a signal that was aborted", async () => {
    const stack = new FakeStack([created("dev")]);
    await assert.rejects(deployStack(runOn(stack, "dev", AbortSignal.abort()).run, options), CancelledError);
    assert.deepEqual(stack.ran, []);
  });
});

describe("the other operations on a stack", () => {
  it("are a preview that takes the options of the deployment after it, names of volumes included", async () => {
    const stack = new FakeStack([lost("prod")]);
    const accepted = { allowDataLoss: ["photos-data", "shop/cache"], allowUnprotected: [] };
    const previewed = await previewStack(runOn(stack, "prod").run, accepted);
    assert.deepEqual(stack.ran, ["preview"]);
    assert.deepEqual([previewed.guards.length, previewed.resources.length], [1, 1]);
  });

  it("are a refresh and a destroy, each after its own preview", async () => {
    for (const [operate, ran] of [
      [refreshStack, ["previewRefresh", "refresh"]],
      [destroyStack, ["previewDestroy", "destroy"]],
    ] as const) {
      const stack = new FakeStack([lost("dev")]);
      const { guards } = await operate(runOn(stack).run, { allowDataLoss: [], skipVolumeCheck: true });
      assert.deepEqual([stack.ran, guards.length], [ran, 1]);
      const refused = new FakeStack([lost("prod")]);
      const { run } = runOn(refused, "prod");
      await assert.rejects(operate(run, { allowDataLoss: [], skipVolumeCheck: true }), GuardRefusedError);
      assert.deepEqual(refused.ran, ran.slice(0, 1));
    }
  });
});

describe("a deployment's looks at the cluster", () => {
  let server: Server;
  let objects: Readonly<Record<string, object[]>>;
  let state: object;

  before(async () => {
    server = createServer((request, response) => {
      const items = Object.entries(objects).find(([path]) => request.url?.startsWith(path))?.[1];
      response.writeHead(items === undefined && request.url?.startsWith("/version") !== true ? 404 : 200, {
        "content-type": "application/json",
      });
      response.end(JSON.stringify({ items: items ?? [], gitVersion: "v1.36.3" }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const kubeconfig = JSON.stringify({
      ...{ apiVersion: "v1", kind: "Config", "current-context": "prod", users: [{ name: "me", user: {} }] },
      clusters: [{ name: "one", cluster: { server: address, "insecure-skip-tls-verify": true } }],
      contexts: [{ name: "prod", context: { cluster: "one", user: "me" } }],
    });
    const claim = { metadata: { namespace: "photos" }, spec: { accessModes: ["ReadWriteOncePod"] } };
    state = {
      deployment: {
        resources: [
          { urn: "cluster", type: "pulumi:providers:kubernetes", inputs: { kubeconfig } },
          { urn: "claim", type: "kubernetes:core/v1:PersistentVolumeClaim", id: "photos/photos-data", inputs: claim },
        ],
      },
    };
  });
  beforeEach(() => (objects = {}));
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const labels = { app: "photos" };
  const deployment = {
    metadata: { name: "photos" },
    spec: { strategy: { type: "Recreate" }, selector: { matchLabels: labels } },
  };
  const pod = {
    metadata: { name: "photos-1", labels, deletionTimestamp: "2026-01-01T00:00:00Z" },
    spec: { nodeName: "node-1" },
  };
  const node = (status: string) => ({
    ...{ metadata: { name: "node-1" }, status: { conditions: [{ type: "Ready", status }] } },
  });
  const withNode = (status: string) => ({
    "/api/v1/nodes": [node(status)],
    "/apis/apps/v1/namespaces/photos/deployments": [deployment],
    "/api/v1/namespaces/photos/pods": [pod],
  });

  it("find the pods that hold it up before it begins, each with what to do", async () => {
    objects = withNode("Unknown");
    const stack = new FakeStack([created("dev")], state);
    const { run, told, events } = runOn(stack);
    const { stuckPods } = await deployStack(run, options);
    const stuck = { namespace: "photos", name: "photos-1", node: "node-1", deployment: "photos" };
    assert.deepEqual(stuckPods, [stuck]);
    assert.equal(told()[0], "stuck-pod");
    const [first] = events;
    assert.ok(first?.type === "stuck-pod");
    assert.deepEqual(first.pod, stuck);
    assert.match(first.message, /: longhorn-s3 fence node-1 --stack dev$/);
  });

  it("find none while its node is well, and name the kubeconfig to whom no command leads by the stack", async () => {
    objects = withNode("True");
    const well = runOn(new FakeStack([created("dev")], state));
    assert.deepEqual((await deployStack(well.run, options)).stuckPods, []);
    objects = withNode("Unknown");
    const { run, events } = runOn(new FakeStack([created("dev")], state));
    const { reachedBy: _, ...words } = run.words;
    await deployStack({ ...run, words }, options);
    const [first] = events;
    assert.match(
      first?.type === "stuck-pod" ? first.message : "",
      / fence node-1 --kubeconfig KUBECONFIG --context prod$/,
    );
  });

  it("end with a comparison of what was deployed with what is there", async () => {
    const longhorn = "/apis/longhorn.io/v1beta2/namespaces/longhorn-system";
    const kinds = ["settings", "backuptargets", "nodes", "volumes", "replicas"];
    objects = {
      ...withNode("True"),
      ...Object.fromEntries(kinds.map((kind) => [`${longhorn}/${kind}`, []])),
      ...{
        "/apis/storage.k8s.io/v1/storageclasses": [],
        "/apis/storage.k8s.io/v1/volumeattachments": [],
        "/api/v1/namespaces/photos/persistentvolumeclaims": [],
      },
    };
    const { run, told } = runOn(new FakeStack([created("dev")], state));
    const { verification } = await deployStack(run, { ...options, skipVerification: false });
    assert.ok(verification?.isKnown, JSON.stringify(verification));
    assert.deepEqual(
      verification.findings.map(({ kind, object }) => [kind, object]),
      [["dropped", "persistentvolumeclaims/photos-data"]],
    );
    assert.deepEqual(told().slice(-3), ["operated", "step-started Verify", "verified"]);
  });

  it("fail no deployment where there is nothing to compare, or nobody to ask", async () => {
    const empty = runOn(new FakeStack([created("dev")]));
    const { verification: nothing } = await deployStack(empty.run, { ...options, skipVerification: false });
    assert.ok(nothing && !nothing.isKnown);
    assert.match(nothing.reason, /^stack dev requests nothing .* longhorn-s3 up --stack dev deploys it\.$/);
    assert.deepEqual(empty.told().slice(-2), ["operated", "verified"]);
    const deaf = structuredClone(state) as { deployment: { resources: { inputs: { kubeconfig?: string } }[] } };
    const [provider = assert.fail()] = deaf.deployment.resources;
    provider.inputs.kubeconfig = "/nowhere/kubeconfig";
    const { run } = runOn(new FakeStack([created("dev")], deaf));
    const { verification, stuckPods } = await deployStack(run, { ...options, skipVerification: false });
    assert.ok(verification && !verification.isKnown);
    assert.match(verification.reason, /Cannot read kubeconfig \/nowhere\/kubeconfig/);
    assert.deepEqual(stuckPods, []);
  });
});
