import assert from "node:assert/strict";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { startSandbox, type Sandbox } from "../../sandbox";
import { ensureToolchain } from "../../sandbox/toolchain";
import { goEnvironment } from "../../sandbox/toolchain/go";
import { languageHosts } from "../../sandbox/toolchain/language-hosts";
import { progressLine } from "../../sandbox/toolchain/toolchain-text";
import { sandboxShell } from "../../tool/pulumi/workspace";
import { repositoryDirectory } from "../../tool/repository";
import { createObjectClient } from "../../tool/s3/client";
import { contentOf } from "../../tool/s3/content";
import { shortDirectory } from "../../testbed/test-sandbox";
import { run, succeeds, type Ended } from "../../testbed/command";
import { clonePackage } from "../packaging/installed-package";

/** A key of a bucket, given as a secret inside of a plain input. */
const backupKey = "a-key-that-stands-nowhere";

describe("the components from other languages, with the real engine, on the sandbox", function () {
  this.timeout("15m");
  const directory = shortDirectory();
  const at = (...names: string[]): string => join(directory, ...names);
  const plugin = at("plugin");
  const project = at("yaml");
  const committed = join(repositoryDirectory, "schema.json");
  let sandbox: Sandbox | undefined;
  let env: NodeJS.ProcessEnv;

  const tried = (...args: string[]): Promise<Ended> =>
    run("pulumi", [...args, "--non-interactive"], { cwd: project, env });
  const pulumi = (...args: string[]): Promise<string> =>
    succeeds("pulumi", [...args, "--non-interactive"], { cwd: project, env });
  const outputs = async (...args: string[]): Promise<Outputs> =>
    JSON.parse(await pulumi("stack", "output", "--json", "--stack", "test", ...args)) as Outputs;
  /** As the CLI prints it, without what is empty. */
  const schemaOf = async (source: string): Promise<unknown> =>
    JSON.parse(await pulumi("package", "get-schema", source));
  /** Writes the SDK of the committed schema. */
  const sdk = async (language: string): Promise<string> => {
    await pulumi("package", "gen-sdk", committed, "--language", language, "--out", at("sdk"));
    return at("sdk", language);
  };

  before(async () => {
    const { binDirectory } = await ensureToolchain({
      definition: languageHosts,
      onProgress: (progress) => {
        const line = progressLine(progress);
        if (line !== undefined) console.error(`    ${line}`);
      },
    });
    for (const folder of [project, at("state"), at("home")]) mkdirSync(folder);
    clonePackage(plugin);
    writeFileSync(join(project, "Pulumi.yaml"), "name: shop\nruntime: yaml\n");
    sandbox = await startSandbox({ directory: at("sandbox") });
    env = sandboxShell(`${sandbox.toolchain.binDirectory}:${binDirectory}`, {
      // The sandbox's provider for Kubernetes has no schema, without which a program in YAML can make none of its own.
      KUBECONFIG: sandbox.kubeconfig,
      PULUMI_HOME: at("home"),
      PULUMI_BACKEND_URL: `file://${at("state")}`,
      PULUMI_CONFIG_PASSPHRASE: "of the test",
    });
  });
  after(async () => {
    await sandbox?.stop();
    rmSync(directory, { recursive: true });
  });

  it("`pulumi schema check` has no objection", async () => {
    const { exitCode, stdout, stderr } = await tried("schema", "check", committed);
    assert.equal(exitCode, 0, stdout + stderr);
    assert.doesNotMatch(stdout + stderr, /warning|error/i);
  });

  it("`pulumi package get-schema` installs a clone, without what it is developed with, and shows what is committed", async () => {
    const [shown, written] = [await schemaOf(plugin), await schemaOf(committed)];
    assert.ok(existsSync(join(plugin, "dist", "plugin", "main.js")));
    assert.ok(!existsSync(join(plugin, "node_modules", "mocha")));
    assert.deepEqual(shown, written);
    assert.equal((shown as { name: string }).name, "longhorn-s3");
  });

  describe("YAML", () => {
    const longhorn = (): object => ({
      version: "1.12.0",
      podDeletionPolicy: "delete-deployment-pod",
      kubeletRootDir: "/var/lib/kubelet",
      chart: sandbox?.chart,
      backup: {
        target: "s3://backups@eu-central-1/shop",
        credentials: { accessKeyId: "an-id", secretAccessKey: { "fn::secret": backupKey } },
      },
    });
    const store = (change: object = {}): object => ({
      type: "longhorn-s3:ObjectStore",
      properties: {
        longhorn: longhorn(),
        volume: { size: "1Gi" },
        failover: { onNodeFailure: "Wait" },
        deletionProtection: false,
        ...change,
      },
    });

    /** Leaves what `pulumi package add` has written. */
    const write = (resources: object, outputs: object = {}): void => {
      const file = join(project, "Pulumi.yaml");
      const [head = ""] = readFileSync(file, "utf8").split("\nresources:");
      writeFileSync(file, `${head.trimEnd()}\n${stringify({ resources, outputs })}`);
    };

    it("`pulumi package add` takes the package from its folder", async () => {
      await pulumi("package", "add", plugin);
      assert.match(readFileSync(join(project, "Pulumi.yaml"), "utf8"), /packages:\n +longhorn-s3:/);
      await pulumi("stack", "init", "test");
    });

    it("a preview refuses every bad input by its path, and says what is allowed", async () => {
      write({
        photos: store({
          volume: { size: "many" },
          failover: { onNodeFailure: "Wait", tolerationSeconds: -1 },
          gateway: { image: { reference: "s3gw" } },
        }),
      });
      const { exitCode, stdout, stderr } = await tried("preview", "--stack", "test");
      assert.notEqual(exitCode, 0);
      assert.match(stdout + stderr, /volume\.size: got "many"; allowed:/);
      assert.match(stdout + stderr, /failover\.tolerationSeconds: got -1; allowed:/);
      assert.match(stdout + stderr, /gateway\.image\.reference: got "s3gw"; allowed:/);
    });

    it("a preview plans a Longhorn, and a gateway on a claim of a class of its own", async () => {
      const volume = { size: "1Gi", storageClassName: "fast" };
      write({
        storage: { type: "longhorn-s3:Longhorn", properties: longhorn() },
        films: { type: "longhorn-s3:S3Gateway", properties: { namespace: "films", volume } },
      });
      const planned = await pulumi("preview", "--stack", "test", "--json");
      const { steps } = JSON.parse(planned) as { steps: { op: string; urn: string }[] };
      const made = steps.filter(({ op }) => op === "create").map(({ urn }) => urn.split("::").at(-1));
      for (const name of ["storage", "storage-release", "films", "films-deployment"])
        assert.ok(made.includes(name), name);
    });

    it("`pulumi up` makes a store that serves, with its outputs", async () => {
      const names = ["namespace", "serviceName", "servicePort", "accessKeyId", "secretAccessKey", "podDeletionPolicy"];
      const shown: Record<string, string> = { nodeFailure: "${photos.predictedRecovery.nodeFailure}" };
      for (const name of [...names, "chartVersion", "storageClassName"]) shown[name] = `\${photos.${name}}`;
      write({ photos: store() }, shown);
      await pulumi("up", "--stack", "test", "--yes", "--skip-preview");
      const { namespace, serviceName, servicePort, ...rest } = await outputs("--show-secrets");
      assert.equal(rest.podDeletionPolicy, "delete-deployment-pod");
      assert.match(rest.nodeFailure.never ?? "", /./);
      const { url } = (await sandbox?.exposeService(namespace, serviceName, servicePort)) ?? assert.fail();
      const client = createObjectClient({ url, credentials: rest, bucket: "bucket" });
      const content = contentOf("kept", 100_001);
      try {
        await client.createBucket();
        await client.put("kept", content);
        assert.ok(Buffer.from((await client.get("kept")) ?? []).equals(content));
      } finally {
        client.close();
      }
    });

    it("keeps secrets out of the state and of what is shown", async () => {
      const [shown, { accessKeyId, secretAccessKey }] = [await outputs(), await outputs("--show-secrets")];
      assert.deepEqual([shown.accessKeyId, shown.secretAccessKey], ["[secret]", "[secret]"]);
      assert.equal(shown.serviceName, "photos");
      const state = await pulumi("stack", "export", "--stack", "test");
      for (const text of [backupKey, accessKeyId, secretAccessKey]) {
        assert.ok(!state.includes(text));
        assert.ok(!state.includes(Buffer.from(text).toString("base64")));
      }
    });

    it("a second `pulumi up` changes nothing", async () => {
      const again = ["up", "--stack", "test", "--yes", "--skip-preview", "--expect-no-changes"];
      const { exitCode, stdout, stderr } = await tried(...again);
      assert.equal(exitCode, 0, stdout + stderr);
    });
  });

  describe("Python", () => {
    const interpreter = at("venv", "bin", "python");
    const where = (more: NodeJS.ProcessEnv = {}): { cwd: string; env: NodeJS.ProcessEnv } => ({
      cwd: directory,
      env: { ...env, ...more },
    });
    const program = join(__dirname, "languages.py");

    before(async function () {
      if (!(await hasPython())) {
        console.error("    Python 3 with the modules venv and ensurepip is not on PATH: its tests are pending");
        this.skip();
      }
      const generated = await sdk("python");
      await succeeds("python3", ["-m", "venv", at("venv")], where());
      const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
      await succeeds(interpreter, [...install, "pulumi==3.256.0", "mypy==1.18.2", generated], where());
    });

    const check = (file: string): Promise<Ended> =>
      run(interpreter, ["-m", "mypy", "--strict", "--follow-imports=silent", file], where());

    it("the types of the generated SDK take a program, and refuse a wrong one", async () => {
      const { exitCode, stdout } = await check(program);
      assert.equal(exitCode, 0, stdout);
      writeFileSync(at("wrong.py"), "import pulumi_longhorn_s3 as s3\n\ns3.VolumeArgs(size=1)\ns3.FailoverArgs()\n");
      const wrong = await check(at("wrong.py"));
      assert.notEqual(wrong.exitCode, 0);
      assert.match(wrong.stdout, /wrong\.py:3: error: .*"size"/);
      assert.match(wrong.stdout, /wrong\.py:4: error: .*"on_node_failure"/);
    });

    it("a program deploys a second store with it", async () => {
      const longhorn = JSON.stringify(await outputs());
      const found = await succeeds(interpreter, [program, plugin, at("work")], where({ LONGHORN: longhorn }));
      const { serviceName, secretAccessKey } = JSON.parse(found.trim().split("\n").at(-1) ?? "") as Shown;
      assert.deepEqual(serviceName, { value: "films", secret: false });
      assert.equal(secretAccessKey.secret, true);
      assert.ok(String(secretAccessKey.value).length >= 20);
    });
  });

  it("a Go program compiles with the generated SDK", async () => {
    const module = await sdk("go");
    const pinned = (file: string): string => readFileSync(join(languageHosts.modulesDirectory, "pulumi", file), "utf8");
    const [name = ""] = /^module .*/m.exec(readFileSync(join(module, "go.mod"), "utf8")) ?? [];
    writeFileSync(join(module, "go.mod"), pinned("go.mod").replace(/^module .*/m, name));
    writeFileSync(join(module, "go.sum"), pinned("go.sum"));
    mkdirSync(join(module, "program"));
    copyFileSync(join(__dirname, "languages.go"), join(module, "program", "main.go"));
    // Built so, it finds Pulumi's own packages in Go's cache.
    const build = ["build", "-trimpath", "-o", at("program"), "./program"];
    await succeeds("go", build, { cwd: module, env: goEnvironment(process.env) });
  });

  it("raised no alarm", async () => {
    assert.deepEqual(await sandbox?.alarms(), []);
  });
});

interface Outputs {
  namespace: string;
  serviceName: string;
  servicePort: number;
  accessKeyId: string;
  secretAccessKey: string;
  podDeletionPolicy: string;
  nodeFailure: { never?: string };
}

/** Outputs as the program in Python prints them. */
type Shown = Record<"serviceName" | "secretAccessKey", { value: unknown; secret: boolean }>;

async function hasPython(): Promise<boolean> {
  try {
    return (await run("python3", ["-c", "import venv, ensurepip"], { cwd: "/" })).exitCode === 0;
  } catch {
    return false;
  }
}
