import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppsV1Api, CoreV1Api } from "@kubernetes/client-node";
import * as k8s from "@pulumi/kubernetes";
import { parse, stringify } from "yaml";
import { sandboxShell } from "../../tool/pulumi/workspace";
import type { AdoptReport } from "../../tool/features/adopt/adopt";
import { kubeConfigOf } from "../../tool/cluster/connection";
import { storedRelease } from "../../tool/cluster/helm-records";
import { templateDirectory } from "../../tool/features/init/template";
import { repositoryDirectory } from "../../tool/repository";
import { prepareSandbox, type DeployedSandbox } from "../../testbed/sandboxes";
import { eventually } from "../../testbed/eventually";
import { run, type Ended } from "../../testbed/command";
import { inlineStack } from "../../testbed/inline-stack";

const namespace = "longhorn-system";
const description = "An S3 store on Longhorn with an explicit failover decision";

describe("a project of init, on a Longhorn that Helm has installed, with the real engine, on the sandbox", function () {
  this.timeout("10m");
  let world: DeployedSandbox;
  let parent: string;
  let environment: NodeJS.ProcessEnv;
  let project: string;

  before(async () => {
    parent = mkdtempSync(join(tmpdir(), "init-"));
    world = await prepareSandbox();
    const { sandbox, deployment } = world;
    environment = {
      ...sandboxShell(sandbox.toolchain.binDirectory, deployment.shellEnvironment),
      KUBECONFIG: sandbox.kubeconfig,
      // dist/ is there, and nothing here needs a script.
      npm_config_ignore_scripts: "true",
      npm_config_prefer_offline: "true",
    };
  });
  after(async () => {
    await world.remove();
    rmSync(parent, { recursive: true });
  });

  it("is what pulumi new makes of the template with the same answers, and installs", async () => {
    project = join(parent, "photos-s3");
    const from = `file:${repositoryDirectory}`;
    const answers = ["--yes", "--context", "sandbox", "--on-node-failure", "Wait", "--package", from];
    await succeeds(tool("init", project, ...answers));
    const made = join(parent, "made");
    await succeeds(
      pulumi(
        "new",
        templateFrom(from),
        "--yes",
        "--dir",
        made,
        "--name",
        "photos-s3",
        "--description",
        description,
        "--stack",
        "dev",
        ...["context=sandbox", "onNodeFailure=Wait"].flatMap((one) => ["-c", one]),
      ),
    );
    const installed = ["node_modules", "package-lock.json"];
    assert.deepEqual(
      readdirSync(made)
        .filter((name) => !installed.includes(name))
        .sort(),
      readdirSync(project).sort(),
    );
    for (const name of readdirSync(project).filter((one) => !one.startsWith("Pulumi."))) {
      assert.equal(readFileSync(join(made, name), "utf8"), readFileSync(join(project, name), "utf8"), name);
    }
    // It notes the template's address.
    const { config: _, ...settings } = parse(readFileSync(join(made, "Pulumi.yaml"), "utf8")) as { config: unknown };
    assert.deepEqual(settings, parse(readFileSync(join(project, "Pulumi.yaml"), "utf8")));
    assert.deepEqual(configOf(made), configOf(project));
    symlinkSync(join(made, "node_modules"), join(project, "node_modules"));
  });

  it("adopt refuses where there is no release", async () => {
    const { sandbox } = world;
    const { config } = parse(readFileSync(join(project, "Pulumi.dev.yaml"), "utf8")) as { config: object };
    const longhorn = { version: "1.12.0", chart: sandbox.chart, kubeletRootDir: "/var/lib/kubelet" };
    writeFileSync(
      join(project, "Pulumi.dev.yaml"),
      stringify({ config: { ...config, "photos-s3:longhorn": longhorn } }),
    );
    // pulumi new has made the stack, whose key is in its own folder's configuration.
    await succeeds(pulumi("stack", "rm", "dev", "--yes", "--force", "--preserve-config", "-C", project));
    await succeeds(pulumi("stack", "init", "dev", "-C", project));
    const { exitCode, stderr } = await tool("adopt", ...onStack(), "--yes");
    assert.equal(exitCode, 2, stderr);
    assert.match(stderr, /Helm release longhorn-system\/longhorn does not exist/);
  });

  it("adopt shows what is different, and does nothing before somebody agrees", async () => {
    await installByHand();
    const before = await clusterNow();
    const { exitCode, stdout, stderr } = await tool("adopt", ...onStack(), "--json");
    assert.equal(exitCode, 2, stderr);
    const { adopted, release, adopts, differences } = JSON.parse(stdout) as AdoptReport;
    assert.equal(adopted, false);
    assert.deepEqual(release, { namespace, name: "longhorn", revision: 1, version: "1.12.0" });
    assert.deepEqual(adopts, [
      { resource: "photos-longhorn-namespace", id: namespace },
      { resource: "photos-longhorn-release", id: `${namespace}/longhorn` },
    ]);
    const changes = new Map(differences.map(({ name, there, wanted }) => [name, [there, wanted]]));
    assert.deepEqual(changes.get("node-down-pod-deletion-policy"), ["delete-statefulset-pod", "do-nothing"]);
    assert.deepEqual(changes.get("storage-minimal-available-percentage"), ["20", undefined]);
    assert.deepEqual(changes.get("persistence.defaultClass"), [true, false]);
    assert.equal(changes.has("csi.kubeletRootDir"), false);
    assert.deepEqual(await clusterNow(), before);
  });

  it("adopt takes it over as it is: nothing in the cluster has changed, and a preview plans what was shown", async () => {
    const before = await clusterNow();
    const { exitCode, stdout, stderr } = await tool("adopt", ...onStack(), "--json", "--yes", "--keep");
    assert.equal(exitCode, 0, stderr + stdout);
    const report = JSON.parse(stdout) as AdoptReport;
    assert.equal(report.adopted, true);
    const kept = (configOf(project) as Record<string, { settings?: unknown; podDeletionPolicy?: unknown }>)[
      "photos-s3:longhorn"
    ];
    assert.deepEqual(kept?.settings, { replicaAutoBalance: "disabled", storageMinimalAvailablePercentage: 20 });
    assert.equal(kept?.podDeletionPolicy, "delete-statefulset-pod");
    assert.deepEqual(await clusterNow(), before);
    const { stdout: previewed } = await succeeds(pulumi("preview", "--json", "-C", project, "-s", "dev"));
    const { steps } = JSON.parse(previewed) as Preview;
    const planned = (op: string): string[] =>
      steps.filter((one) => one.op === op).map(({ urn }) => urn.split("::")[3] ?? "");
    assert.deepEqual(planned("update").sort(), ["photos-longhorn-namespace", "photos-longhorn-release"]);
    assert.deepEqual(planned("replace"), []);
    assert.deepEqual(planned("delete"), []);
    const diff = steps.find(({ urn }) => urn.endsWith("::photos-longhorn-release"))?.detailedDiff ?? {};
    // A preview may name the object in which a value is.
    const isShown = (path: string): boolean =>
      report.differences.some(({ name }) => name === path || name.startsWith(`${path}.`));
    const values = Object.keys(diff).filter(
      (path) => path.startsWith("values.") && !path.startsWith("values.defaultSettings"),
    );
    assert.deepEqual(
      values.filter((path) => !isShown(path.replace("values.", ""))),
      [],
    );
    const again = await tool("adopt", ...onStack(), "--yes");
    assert.equal(again.exitCode, 2);
    assert.match(again.stderr, /already has a Longhorn/);
  });

  it("up brings it into line and deploys the store, with the same namespace and the same release", async () => {
    const [before] = await clusterNow();
    await succeeds(tool("up", ...onStack(), "--yes"));
    const [after] = await clusterNow();
    assert.equal(after?.uid, before?.uid);
    assert.deepEqual(await revisions(), [1, 2]);
    const { stdout } = await succeeds(pulumi("stack", "output", "--json", "-C", project, "-s", "dev"));
    const { endpoint } = JSON.parse(stdout) as { endpoint: string };
    assert.equal(endpoint, "http://photos.photos.svc.cluster.local");
  });

  it("is taken down in two steps, as every stack", async () => {
    assert.notEqual((await tool("destroy", ...onStack(), "--yes")).exitCode, 0);
    await succeeds(pulumi("config", "set", "deletionProtection", "false", "-C", project, "-s", "dev"));
    await succeeds(pulumi("config", "set", "--path", "longhorn.allowUninstall", "true", "-C", project, "-s", "dev"));
    await succeeds(tool("up", ...onStack(), "--yes"));
    await succeeds(tool("destroy", ...onStack(), "--yes"));
    assert.deepEqual(await revisions(), []);
  });

  const onStack = (): string[] => ["--stack", "dev", "--cwd", project];
  const tool = (...args: string[]): Promise<Ended> =>
    run(process.execPath, [join(repositoryDirectory, "tool", "longhorn-s3.js"), ...args], { env: environment });
  const pulumi = (...args: string[]): Promise<Ended> => run("pulumi", args, { env: environment });

  /** A copy of the template that takes longhorn-s3 from here: no registry has it. */
  function templateFrom(from: string): string {
    const copy = join(parent, "template");
    cpSync(templateDirectory, copy, { recursive: true });
    const file = join(copy, "package.json");
    const version = /"longhorn-s3": "[^"]+"/;
    writeFileSync(file, readFileSync(file, "utf8").replace(version, `"longhorn-s3": ${JSON.stringify(from)}`));
    writeFileSync(join(copy, ".npmrc"), "install-links=true\n");
    return copy;
  }

  /** As with `helm install longhorn ./chart -n longhorn-system --create-namespace`: the same code, and nobody keeps a state. */
  async function installByHand(): Promise<void> {
    const { sandbox } = world;
    const stack = await inlineStack(world, "by-hand");
    await stack.up((opts) => {
      new k8s.helm.v3.Release(
        "by-hand",
        {
          ...{ name: "longhorn", namespace, createNamespace: true, chart: sandbox.chart },
          values: {
            csi: { kubeletRootDir: "/var/lib/kubelet" },
            defaultSettings: {
              nodeDownPodDeletionPolicy: "delete-statefulset-pod",
              storageMinimalAvailablePercentage: 20,
            },
          },
        },
        { provider: (opts.providers as k8s.Provider[])[0] },
      );
      return undefined;
    });
    // Longhorn makes these itself, after what Helm waits for.
    const ofCsi = ["csi-attacher", "csi-provisioner", "csi-resizer", "csi-snapshotter", "longhorn-csi-plugin"];
    await eventually("Longhorn's CSI driver to be there", async () => {
      const names = new Set((await clusterNow()).map(({ name }) => name));
      return ofCsi.every((name) => names.has(name)) || undefined;
    });
  }

  /** What would be another one, had anything touched Longhorn. */
  async function clusterNow(): Promise<{ name?: string; uid?: string; generation?: number; version?: string }[]> {
    const config = kubeConfigOf({ kubeconfig: world.sandbox.kubeconfig });
    const [core, apps] = [config.makeApiClient(CoreV1Api), config.makeApiClient(AppsV1Api)];
    const own = await core.readNamespace({ name: namespace });
    const records = await core.listNamespacedSecret({ namespace, labelSelector: "owner=helm" });
    const maps = await core.listNamespacedConfigMap({ namespace, labelSelector: "app.kubernetes.io/managed-by=Helm" });
    const deployments = await apps.listNamespacedDeployment({ namespace });
    const daemonSets = await apps.listNamespacedDaemonSet({ namespace });
    const unchanged = [own, ...records.items, ...maps.items].map(({ metadata }) => ({
      ...{ name: metadata?.name, uid: metadata?.uid, version: metadata?.resourceVersion },
    }));
    const running = [...deployments.items, ...daemonSets.items].map(({ metadata }) => ({
      ...{ name: metadata?.name, uid: metadata?.uid, generation: metadata?.generation },
    }));
    return [...unchanged, ...running];
  }

  async function revisions(): Promise<number[]> {
    const core = kubeConfigOf({ kubeconfig: world.sandbox.kubeconfig }).makeApiClient(CoreV1Api);
    const { items } = await core.listNamespacedSecret({ namespace, labelSelector: "owner=helm" });
    return items.map((secret) => storedRelease(secret).version).sort((one, other) => one - other);
  }
});

interface Preview {
  steps: { op: string; urn: string; detailedDiff?: Record<string, unknown> }[];
}

function configOf(folder: string): unknown {
  const { config } = parse(readFileSync(join(folder, "Pulumi.dev.yaml"), "utf8")) as { config: unknown };
  return config;
}

async function succeeds(ended: Promise<Ended>): Promise<Ended> {
  const done = await ended;
  assert.equal(done.exitCode, 0, `${done.stdout}\n${done.stderr}`);
  return done;
}
