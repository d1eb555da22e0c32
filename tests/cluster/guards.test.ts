import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse, stringify } from "yaml";
import { sandboxShell } from "../../tool/pulumi/workspace";
import { repositoryDirectory } from "../../tool/repository";
import type { StackConfig } from "../../stacks/config/schema";
import type { PlannedLoss } from "../../tool/features/guards/findings";
import type { DestroyInputs } from "../../tool/library";
import type { VolumeAtStake } from "../../tool/features/guards/volume-at-stake";
import { changesOf } from "./changes-of";
import { startOtherWorkload } from "./other-workload";
import { StoreObjects } from "../../testbed/store-objects";
import { prepareSandbox, type DeployedSandbox } from "../../testbed/sandboxes";
import { run, type Ended } from "../../testbed/command";
import type { StackOutputs } from "../../components/stack-reference/contract";
import { projectFile } from "../../testbed/project";

describe("guards of a production stack with the real engine, on the sandbox", function () {
  this.timeout("10m");
  let world: DeployedSandbox;
  /** Of the stack under its first name. */
  let outputs: StackOutputs;
  let project: string;
  let environment: NodeJS.ProcessEnv;
  let stack = "prod";

  before(async () => {
    world = await prepareSandbox();
    await world.deployment.up();
    outputs = await world.outputs();
    ({ project, environment } = productionProject(world));
    // The stack's state is that of the sandbox's stack, under a name that is production.
    await pulumi("stack", "rename", stack, "--stack", "sandbox");
  });
  after(() => world.remove());

  const pulumi = (...args: string[]): Promise<Ended> => run("pulumi", args, { cwd: project, env: environment });
  const tool = (command: string, ...more: string[]): Promise<Ended> =>
    run(
      process.execPath,
      [join(repositoryDirectory, "tool", "longhorn-s3.js"), command, "--stack", stack, "--cwd", project, ...more],
      { cwd: project, env: environment },
    );
  const policies = (): Promise<Ended> =>
    pulumi("preview", "--stack", stack, "--policy-pack", join(repositoryDirectory, "policy"));

  /** Changes the stack's configuration; what comes back puts it as it was. */
  const configure = (change: (config: StackConfig) => void): (() => void) => {
    const file = join(project, `Pulumi.${stack}.yaml`);
    const before = readFileSync(file, "utf8");
    const settings = parse(before) as { config: Record<string, unknown> };
    const config = { longhorn: settings.config["longhorn-s3:longhorn"], stores: settings.config["longhorn-s3:stores"] };
    change(config as StackConfig);
    writeFileSync(file, stringify(settings));
    return () => writeFileSync(file, before);
  };
  const photosOf = ({ stores }: StackConfig) => stores["photos"] ?? assert.fail();

  it("let by what loses nothing, and so does the policy pack", async () => {
    const preview = await tool("preview", "--json");
    assert.equal(preview.exitCode, 0, preview.stdout + preview.stderr);
    assert.deepEqual((JSON.parse(preview.stdout) as { guards: unknown }).guards, []);
    const looked = await policies();
    assert.equal(looked.exitCode, 0, looked.stdout + looked.stderr);
    assert.match(looked.stdout, /longhorn-s3@v/);
  });

  it("refuse protection taken away, by the tool and by the policy pack, and take it where it is named", async () => {
    configure(({ longhorn = {}, stores }) => {
      Object.assign(longhorn, { deletionProtection: false, allowUninstall: true });
      Object.assign(stores["photos"] ?? {}, { deletionProtection: false });
    });
    const refused = await tool("up", "--yes");
    assert.equal(refused.exitCode, 2, refused.stdout + refused.stderr);
    assert.match(refused.stderr, /ObjectStore photos would be without protection/);
    assert.match(refused.stderr, /--allow-unprotected longhorn/);
    const looked = await policies();
    assert.notEqual(looked.exitCode, 0);
    assert.match(looked.stdout + looked.stderr, /PersistentVolumeClaim photos-gateway-data is not protected/);
    assert.match(looked.stdout + looked.stderr, /allows its uninstallation/);
    const accepted = await tool("up", "--yes", "--json", ...bothUnprotected);
    assert.equal(accepted.exitCode, 0, accepted.stdout + accepted.stderr);
  });

  it("refuse what would be made without protection", async () => {
    const undo = configure(({ stores }) => {
      stores["films"] = { volume: { size: "1Gi" }, failover: { onNodeFailure: "Wait" }, deletionProtection: false };
    });
    const refused = await tool("up", "--yes", ...bothUnprotected);
    undo();
    assert.equal(refused.exitCode, 2, refused.stdout + refused.stderr);
    assert.match(refused.stderr, /ObjectStore films would be without protection/);
  });

  it("refuse the replacement of what holds data, with the property that forces it, and change nothing", async () => {
    const undo = configure((config) => Object.assign(photosOf(config), { namespace: "pictures" }));
    const refused = await tool("up", "--yes", "--json", ...bothUnprotected);
    undo();
    assert.equal(refused.exitCode, 2, refused.stdout + refused.stderr);
    const { guards, message } = JSON.parse(refused.stdout) as { guards: { name: string }[]; message: string };
    assert.ok(
      ["photos-gateway-data", "photos-gateway-credentials", "photos-namespace"].every((name) =>
        guards.some((one) => one.name === name),
      ),
      message,
    );
    assert.match(message, /photos-gateway-data would be replaced.*\n.*metadata\.namespace \("photos" → "pictures"\)/);
    assert.deepEqual(
      changesOf({ changes: planned(await tool("preview", "--json", ...bare)), warnings: [], seconds: 0 }),
      {},
    );
  });

  it("refuse a destroy until what goes is named, and names that accept nothing", async () => {
    // Under a name that says nothing, it is production by its configuration.
    await pulumi("stack", "rename", "live", "--stack", stack);
    stack = "live";
    const refused = await tool("destroy", "--yes");
    assert.equal(refused.exitCode, 2, refused.stdout + refused.stderr);
    assert.match(
      refused.stderr,
      /--allow-data-loss photos --allow-data-loss longhorn|--allow-data-loss longhorn --allow-data-loss photos/,
    );
    const misspelt = await tool("destroy", "--yes", ...bothLost, "--allow-data-loss", "phots");
    assert.equal(misspelt.exitCode, 2, misspelt.stdout + misspelt.stderr);
    assert.match(misspelt.stderr, /--allow-data-loss phots/);
  });

  it("are those of the library as well, which knows production by what was deployed", async () => {
    const { code = "", findings = [] } = await destroyByLibrary({ stack });
    assert.equal(code, "guard-refused");
    assert.deepEqual([...new Set(findings.map(({ components }) => components.at(-1)))].sort(), ["longhorn", "photos"]);
    assert.equal(
      (await destroyByLibrary({ stack, allowDataLoss: ["photos", "longhorn", "phots"] })).code,
      "guard-refused",
    );
  });

  it("refuse to uninstall Longhorn while somebody else uses a volume of it, and delete nothing", async () => {
    const cluster = new StoreObjects(world.sandbox.kubeconfig);
    const { stores, longhorn } = outputs;
    const before = await cluster.uids(stores["photos"] ?? assert.fail());
    const remove = await startOtherWorkload(cluster, { name: "web", storageClassName: longhorn.storageClassName });

    const refused = await tool("destroy", "--yes", ...bothLost);
    assert.equal(refused.exitCode, 2, refused.stdout + refused.stderr);
    assert.match(
      refused.stderr,
      /claim default\/web, volume pvc-\S+ \(1 GiB, attached\) of Deployment web: would be deleted with its data/,
    );
    assert.match(refused.stderr, /longhorn-s3 destroy --stack live .*--allow-data-loss default\/web/);
    const told = await tool("destroy", "--yes", "--json", ...bothLost);
    const { volumes } = JSON.parse(told.stdout) as { volumes: VolumeAtStake[] };
    assert.deepEqual(
      volumes.map(({ name, use }) => [name, use]),
      [
        ["default/web", "in-use"],
        [`photos/${stores["photos"]?.persistentVolumeClaimName ?? ""}`, "own"],
      ],
    );
    const byLibrary = await destroyByLibrary({ stack, allowDataLoss: ["photos", "longhorn"] });
    assert.equal(byLibrary.code, "volumes-in-use");
    assert.deepEqual(byLibrary.volumes, volumes);
    assert.deepEqual(await cluster.uids(stores["photos"] ?? assert.fail()), before);
    await remove();
  });

  it("let everything be destroyed that is named, when nobody else uses a volume", async () => {
    const accepted = await tool("destroy", "--yes", "--json", ...bothLost);
    assert.equal(accepted.exitCode, 0, accepted.stdout + accepted.stderr);
    assert.deepEqual(Object.keys(planned(accepted)), ["delete"]);
    const { volumes } = JSON.parse(accepted.stdout) as { volumes: VolumeAtStake[] };
    assert.deepEqual(
      volumes.map(({ use, claim, fate }) => [use, claim, fate]),
      [
        ["left", "default/web", "deleted"],
        ["own", "photos/photos-data", "deleted"],
      ],
    );
  });

  /** Asks the library to destroy a stack, in a process with the environment of the stack's shell; tells how it was refused. */
  async function destroyByLibrary(inputs: DestroyInputs): Promise<Refusal> {
    const library = join(repositoryDirectory, "tool", "library");
    const script = `require(${JSON.stringify(library)}).destroyStore(${JSON.stringify(inputs)}).then(
      () => console.log("{}"),
      ({ code, findings, volumes, message }) => console.log(JSON.stringify({ code, findings, volumes, message })),
    )`;
    const transpiling = ["-r", require.resolve("ts-node/register/transpile-only"), "-e", script];
    const { stdout, stderr } = await run(process.execPath, transpiling, { cwd: repositoryDirectory, env: environment });
    assert.notEqual(stdout, "", stderr);
    return JSON.parse(stdout) as Refusal;
  }
});

/** What a refusal of the library says. */
interface Refusal {
  code?: string;
  findings?: PlannedLoss[];
  volumes?: VolumeAtStake[];
}

/** Accepts that the store goes and its Longhorn, too. */
const bothLost = ["photos", "longhorn"].flatMap((name) => ["--allow-data-loss", name]);

const bare = ["--allow-unprotected", "photos", "--allow-unprotected", "longhorn"];

function planned({ stdout }: Ended): Record<string, number> {
  return (JSON.parse(stdout) as { changes: Record<string, number> }).changes;
}

/** Accepts that neither the store nor its Longhorn is protected. */
const bothUnprotected = ["photos", "longhorn"].flatMap((name) => ["--allow-unprotected", name]);

/** A project as a user has one, with the settings of the sandbox's stack under the name of a production stack. */
function productionProject({ deployment, sandbox }: DeployedSandbox): {
  project: string;
  environment: NodeJS.ProcessEnv;
} {
  const project = join(dirname(deployment.settingsFile), "..", "project");
  mkdirSync(project);
  writeFileSync(join(project, "Pulumi.yaml"), projectFile());
  const settings = parse(readFileSync(deployment.settingsFile, "utf8")) as { config: Record<string, unknown> };
  settings.config["longhorn-s3:production"] = true;
  writeFileSync(join(project, "Pulumi.sandbox.yaml"), stringify(settings));
  return { project, environment: sandboxShell(sandbox.toolchain.binDirectory, deployment.shellEnvironment) };
}
