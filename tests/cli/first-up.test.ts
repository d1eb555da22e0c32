import assert from "node:assert/strict";
import { CoreV1Api, CustomObjectsApi } from "@kubernetes/client-node";
import { kubeConfigOf } from "../../tool/cluster/connection";
import type { PredictionReport } from "../../tool/features/predict/report";
import type { PreflightFinding } from "../../tool/features/preflight/findings";
import type { VerifyReport } from "../../tool/features/verify/verify";
import { prepareSandbox, type DeployedSandbox } from "../../testbed/sandboxes";
import { toolOnStack } from "../../testbed/tool-on-stack";

const namespace = "longhorn-system";
const enforce = "pod-security.kubernetes.io/enforce";

describe("a first up of a stack, on the sandbox", function () {
  this.timeout("10m");
  let world: DeployedSandbox;
  let core: CoreV1Api;
  let custom: CustomObjectsApi;
  let tool: ReturnType<typeof toolOnStack>;
  let planned: PredictionReport;

  before(async () => {
    world = await prepareSandbox();
    // The namespace is somebody else's, and stays as it is.
    world.configure(({ longhorn }) => (longhorn["createNamespace"] = false));
    tool = toolOnStack(world);
    const config = kubeConfigOf({ kubeconfig: world.sandbox.kubeconfig });
    core = config.makeApiClient(CoreV1Api);
    custom = config.makeApiClient(CustomObjectsApi);
    await core.createNamespace({ body: { metadata: { name: namespace, labels: { [enforce]: "restricted" } } } });
  });
  after(() => world.remove());

  const namespaces = async (): Promise<string[]> => {
    const { items } = await core.listNamespace();
    return items.map(({ metadata }) => metadata?.name ?? "");
  };

  it("is predicted for from the configuration, since nothing is deployed", async () => {
    const { stdout, stderr, exitCode } = await tool("predict", "--json");
    assert.equal(exitCode, 0, stderr);
    planned = JSON.parse(stdout) as PredictionReport;
    assert.deepEqual(planned.stack, { name: "sandbox", from: "configuration" });
    assert.deepEqual(
      planned.policies.map(({ name }) => name),
      ["photos, AssumeDead"],
    );
  });

  it("leaves nothing to compare before it, which is refused and not praised", async () => {
    const { exitCode, stderr } = await tool("verify");
    assert.equal(exitCode, 2);
    assert.match(
      stderr,
      /^stack sandbox requests nothing that could be compared: .* longhorn-s3 up --stack sandbox --cwd \S+ deploys it\.$/m,
    );
  });

  it("is refused where Pod Security would refuse Longhorn's pods, before anything is changed", async () => {
    const before = await namespaces();
    const { exitCode, stdout, stderr } = await tool("up", "--yes");
    assert.equal(exitCode, 2, stderr);
    assert.equal(stdout, "");
    const [, refusal = ""] = stderr.split(
      "up on stack sandbox is refused, because the cluster does not meet the requirements. Nothing was changed:\n",
    );
    assert.equal(
      refusal,
      `error    namespace ${namespace} enforces Pod Security "restricted", but Longhorn's pods are privileged
         kubectl label namespace ${namespace} --overwrite ${enforce}=privileged
--skip-preflight continues anyway.
`,
    );
    assert.deepEqual(await namespaces(), before);
    assert.deepEqual(await world.deployment.outputs(), {});
  });

  it("says so to machines, with all that was looked at", async () => {
    const { exitCode, stdout } = await tool("up", "--yes", "--json");
    const said = JSON.parse(stdout) as { stack: string; preflight: PreflightFinding[]; message: string };
    assert.deepEqual([exitCode, said.stack], [2, "sandbox"]);
    assert.equal(said.preflight.filter(({ severity }) => severity === "error").length, 1);
    assert.ok(
      said.preflight.some(({ what }) => what === `Kubernetes ${versionIn(said.preflight)} for Longhorn 1.12.0`),
    );
    assert.ok(said.preflight.some(({ what }) => what === "3 of 3 nodes are ready and schedulable"));
  });

  it("goes on with --skip-preflight, as far as the question", async () => {
    const { exitCode, stderr } = await tool("up", "--skip-preflight");
    assert.equal(exitCode, 2);
    assert.match(stderr, /no terminal for the confirmation/);
  });

  it("works after what the refusal says to do", async () => {
    await core.patchNamespace({
      name: namespace,
      body: [{ op: "replace", path: `/metadata/labels/${enforce.replace("/", "~1")}`, value: "privileged" }],
    });
    const { exitCode, stderr } = await tool("up", "--yes");
    assert.equal(exitCode, 0, stderr);
    assert.doesNotMatch(stderr, /preflight/);
    assert.match(stderr, /^✔ Verify: no differences /m);
    assert.ok((await world.outputs()).stores["photos"]);
  });

  it("is predicted for from what was deployed, with the same times", async () => {
    const { stdout, stderr, exitCode } = await tool("predict", "--json");
    assert.equal(exitCode, 0, stderr);
    const deployed = JSON.parse(stdout) as PredictionReport;
    assert.deepEqual(deployed, { ...planned, stack: { name: "sandbox", from: "state" } });
    const [policy = assert.fail()] = deployed.policies;
    const { nodeFailure } = (await world.outputs()).stores["photos"]?.predictedRecovery ?? assert.fail();
    assert.equal("never" in policy.nodeFailure ? undefined : policy.nodeFailure.p50, nodeFailure.p50Seconds);
  });

  it("is compared with what is there, down to the replicas of a volume", async () => {
    const claim = (await world.outputs()).stores["photos"] ?? assert.fail("no store photos");
    const name = (await world.cluster.volumeOf(claim)) ?? assert.fail("the claim is not bound");
    const place = { group: "longhorn.io", version: "v1beta2", namespace, plural: "volumes", name };
    await custom.patchNamespacedCustomObject({
      ...place,
      body: [{ op: "replace", path: "/spec/numberOfReplicas", value: 2 }],
    });
    const { exitCode, stdout, stderr } = await tool("verify", "--patience", "0", "--json");
    assert.equal(exitCode, 1, stderr);
    const { findings } = JSON.parse(stdout) as VerifyReport;
    assert.deepEqual(
      findings.map(({ kind, object, asked, seen }) => [kind, object, asked, seen]),
      [["drifted", `volumes.longhorn.io/${name}`, "numberOfReplicas: 3", "numberOfReplicas: 2"]],
    );
  });

  it("was the first: a second one is not looked into, whatever the namespace enforces", async () => {
    await core.patchNamespace({
      name: namespace,
      body: [{ op: "replace", path: `/metadata/labels/${enforce.replace("/", "~1")}`, value: "restricted" }],
    });
    const { exitCode, stderr } = await tool("up", "--yes");
    assert.equal(exitCode, 0, stderr);
    assert.deepEqual(await world.alarms(), []);
  });
});

function versionIn(findings: readonly PreflightFinding[]): string {
  const [version = assert.fail("no version")] = findings.flatMap(({ what }) => /v1\.\d+\.\S+/.exec(what) ?? []);
  return version;
}
