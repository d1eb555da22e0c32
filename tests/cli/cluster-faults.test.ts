import assert from "node:assert/strict";
import { createSign } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CoreV1Api, CustomObjectsApi } from "@kubernetes/client-node";
import { kubeConfigOf } from "../../tool/cluster/connection";
import { parse, stringify } from "yaml";
import { startSandbox, type Sandbox } from "../../sandbox";
import { layoutOf } from "../../sandbox/layout";
import { helmRecords } from "../../tool/cluster/helm-records";
import { eventually } from "../../testbed/eventually";
import { shortDirectory } from "../../testbed/test-sandbox";
import { killAll, userProject, type ToolEnded, type UserProject } from "./user-project";

const namespace = "longhorn-system";

describe("faults of the cluster, with the real engine, on the sandbox", function () {
  this.timeout("15m");
  let parent: string;
  let sandbox: Sandbox;
  let core: CoreV1Api;
  let custom: CustomObjectsApi;
  let project: UserProject;

  before(async () => {
    parent = shortDirectory();
    sandbox = await startSandbox({ directory: join(parent, "sandbox") });
    const config = kubeConfigOf({ kubeconfig: sandbox.kubeconfig });
    core = config.makeApiClient(CoreV1Api);
    custom = config.makeApiClient(CustomObjectsApi);
    project = userProject(sandbox.toolchain.binDirectory, {
      KUBECONFIG_OF_STACK: sandbox.kubeconfig,
      CHART: sandbox.chart,
    });
    for (const stack of ["base", "gateways", "object"]) await project.init(stack);
  });
  after(async () => {
    project.remove();
    await sandbox.stop();
    rmSync(parent, { recursive: true });
  });

  const longhorn = { PART: "longhorn" };
  const changed = { ...longhorn, POLICY: "delete-deployment-pod" };

  const lastRecord = async () => (await helmRecords(core, namespace, "longhorn")).at(-1);

  const isDone = ({ exitCode, said, stderr }: ToolEnded): void =>
    assert.equal(exitCode, 0, JSON.stringify(said) + stderr);

  /** Kills an update when Helm's record has that status. */
  const killedWhen = async (status: string, environment: Record<string, string>): Promise<void> => {
    const running = project.start("base", environment);
    await eventually(`a record "${status}"`, async () => ((await lastRecord())?.status === status ? true : undefined));
    await killAll(running);
    assert.equal((await lastRecord())?.status, status);
  };

  /** Repairs, and says what was done, in this order. */
  const repaired = async (stack: string): Promise<string[]> => {
    const ended = await project.tool("repair", stack);
    isDone(ended);
    assert.deepEqual((await project.tool("repair", stack)).said, { repairVersion: 1, planned: [], done: 0, left: [] });
    return (ended.said?.planned ?? []).map(({ action }) =>
      "status" in action ? `${action.kind} ${action.status}` : action.kind,
    );
  };

  const faultsOf = ({ said, stderr }: ToolEnded) => said?.faults ?? assert.fail(stderr);

  it("killed in Longhorn's first installation: repair completes it and makes it known, and the next up goes on from it", async () => {
    await killedWhen("pending-install", longhorn);
    const steps = await repaired("base");
    // How far Helm had come at the kill is Helm's affair.
    const rest = steps.filter((step) => step !== "make-absent-objects");
    const expected = steps.includes("delete-helm-revision")
      ? ["cancel", "delete-helm-revision", "refresh"]
      : ["cancel", "set-helm-status failed", "import-release", "refresh"];
    assert.deepEqual(rest, expected);
    isDone(await project.tool("up", "base", longhorn));
    assert.equal((await lastRecord())?.status, "deployed");
    assert.deepEqual(Object.keys((await project.tool("up", "base", longhorn)).said?.changes ?? {}), ["same"]);
  });

  it("killed in an upgrade: the fault is named, repair takes the revision back, and the next up makes it", async () => {
    await killedWhen("pending-upgrade", changed);
    const { planned } = (await project.tool("repair", "base")).said ?? {};
    assert.deepEqual(
      planned?.map(({ action }) => action.kind),
      ["cancel", "delete-helm-revision", "refresh"],
    );
    isDone(await project.tool("up", "base", changed));
    assert.equal((await lastRecord())?.status, "deployed");
  });

  it("Longhorn refuses its uninstall: the record is said to be stuck, repair sets it back, and the next up works", async () => {
    await custom.patchNamespacedCustomObject({
      ...{
        group: "longhorn.io",
        version: "v1beta2",
        namespace,
        plural: "settings",
        name: "deleting-confirmation-flag",
      },
      body: [{ op: "replace", path: "/value", value: "false" }],
    });
    const refused = await project.tool("destroy", "base", changed);
    assert.equal(refused.exitCode, 1);
    assert.equal((await lastRecord())?.status, "uninstalling");
    const [fault] = faultsOf(refused);
    assert.equal(fault?.kind, "helm-release-stuck");
    assert.match(
      `${fault.sentence} ${fault.remedy}`,
      /longhorn-system\/longhorn is "uninstalling".*longhorn-s3 repair --stack base/,
    );
    assert.deepEqual(await repaired("base"), ["set-helm-status deployed"]);
    isDone(await project.tool("up", "base", longhorn));
    assert.equal((await lastRecord())?.status, "deployed");
  });

  it("an image, a node, a security level and a class that are not there: each is named with its object", async () => {
    const ended = await project.tool("up", "gateways", { PART: "gateways" });
    assert.equal(ended.exitCode, 1);
    const faults = faultsOf(ended);
    const found = (kind: string, subject: RegExp, ...words: RegExp[]): void => {
      const fault = faults.find((one) => one.kind === kind && subject.test(one.subject));
      assert.ok(fault, `${kind}: ${JSON.stringify(faults, undefined, 2)}`);
      for (const word of words) assert.match(`${fault.sentence} ${fault.remedy}`, word);
    };
    found("image-pull", /^Pod image\/image-/, /registry\.invalid\/s3gw\/s3gw:v0\.23\.0/, /no such host/, /pull Secret/);
    found("unschedulable", /^Pod nowhere\/nowhere-/, /0\/3 nodes are available/, /nodeSelector/);
    found(
      "pod-security",
      /^Deployment refused\/refused$/,
      /"restricted:latest"/,
      /allowPrivilegeEscalation|runAsNonRoot/,
    );
    found("claim-unbound", /^PersistentVolumeClaim never\/never-data$/, /example\.com\/none/, /csidrivers/);
    found(
      "claim-unbound",
      /^PersistentVolumeClaim absent\/absent-data$/,
      /StorageClass "absent" does not exist/,
      /get storageclass/,
    );
    assert.equal(faults.length, 5, JSON.stringify(faults, undefined, 2));
    assert.match(ended.said?.message ?? "", /pulumi up failed:[\s\S]*timed out waiting to be Ready/);
  });

  it("a namespace that cannot end: who holds it is shown, and nothing is taken from it", async () => {
    await core.createNamespace({ body: { metadata: { name: "held" } } });
    isDone(await project.tool("up", "object", { PART: "holder" }));
    await core.deleteNamespace({ name: "held" });
    await eventually("the namespace to be held", async () => {
      const { status } = await core.readNamespace({ name: "held" });
      return status?.conditions?.some(({ type }) => type === "NamespaceFinalizersRemaining") ? true : undefined;
    });
    const failed = await project.tool("up", "object", { PART: "holder+object" });
    assert.equal(failed.exitCode, 1);
    const [fault] = faultsOf(failed);
    assert.equal(fault?.kind, "namespace-terminating");
    assert.match(fault.sentence, /Namespace held is being deleted/);

    const { left, planned } = (await project.tool("repair", "object")).said ?? {};
    assert.deepEqual(planned, []);
    assert.match(left?.[0]?.sentence ?? "", /waits for ConfigMap holder \(example\.com\/held\)/);
    const holder = await core.readNamespacedConfigMap({ namespace: "held", name: "holder" });
    assert.deepEqual(holder.metadata?.finalizers, ["example.com/held"]);
  });

  it("a cluster that cannot be reached", async () => {
    const ended = await project.tool("up", "object", {
      PART: "object",
      KUBECONFIG_OF_STACK: withServer("https://127.0.0.1:1"),
    });
    assert.deepEqual([ended.exitCode, faultsOf(ended)[0]?.kind], [3, "cluster-unreachable"]);
    assert.match(faultsOf(ended)[0]?.sentence ?? "", /https:\/\/127\.0\.0\.1:1 .*connection refused/);
  });

  it("a token that has expired", async () => {
    const ended = await project.tool("up", "object", {
      PART: "holder+object",
      KUBECONFIG_OF_STACK: withExpiredToken(),
    });
    assert.deepEqual([ended.exitCode, faultsOf(ended)[0]?.kind], [3, "credentials-refused"]);
    assert.match(faultsOf(ended)[0]?.remedy ?? "", /Log in again/);
  });

  it("raised no alarm", async () => {
    assert.deepEqual(await sandbox.alarms(), []);
  });

  interface Kubeconfig {
    clusters: [{ cluster: { server: string } }];
    users: [{ user: Record<string, string> }];
  }

  /** The path of a changed copy of the sandbox's kubeconfig. */
  function kubeconfigWith(change: (config: Kubeconfig) => void): string {
    const config = parse(readFileSync(sandbox.kubeconfig, "utf8")) as Kubeconfig;
    change(config);
    const file = join(mkdtempSync(join(parent, "kubeconfig-")), "kubeconfig");
    writeFileSync(file, stringify(config));
    return file;
  }

  function withServer(server: string): string {
    return kubeconfigWith(({ clusters: [{ cluster }] }) => (cluster.server = server));
  }

  /** A token as the sandbox's own API server would have issued it, which ended a minute ago. */
  function withExpiredToken(): string {
    const now = Math.floor(Date.now() / 1000);
    const issuer = "https://kubernetes.default.svc.cluster.local";
    const claims = {
      iss: issuer,
      aud: [issuer],
      sub: "system:serviceaccount:default:default",
      iat: now - 3600,
      exp: now - 60,
    };
    const signed = [{ alg: "RS256", typ: "JWT" }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".");
    const key = readFileSync(join(layoutOf(sandbox.directory).pki, "service-account.key"));
    const signature = createSign("RSA-SHA256").update(signed).sign(key, "base64url");
    return kubeconfigWith(({ users: [user] }) => (user.user = { token: `${signed}.${signature}` }));
  }
});
