import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { startSandbox, type Sandbox } from "../../sandbox";
import { ensureToolchain } from "../../sandbox/toolchain";
import { goEnvironment } from "../../sandbox/toolchain/go";
import { languageHosts } from "../../sandbox/toolchain/language-hosts";
import { createObjectClient } from "../../tool/s3/client";
import { contentOf } from "../../tool/s3/content";
import { repositoryDirectory } from "../../tool/repository";
import { shortDirectory } from "../deployed-sandbox";
import { run, succeeds, type Ended } from "../packaging/command";
import { installPackage } from "../packaging/installed-package";

/** A key of a bucket, given as a secret inside of a plain input. */
const backupKey = "a-key-that-stands-nowhere";

describe("the components from other languages, with the real engine", function () {
  this.timeout("15m");
  const directory = shortDirectory();
  const plugin = join(directory, "plugin");
  const project = join(directory, "yaml");
  const python = join(directory, "python");
  const committed = join(repositoryDirectory, "schema.json");
  let sandbox: Sandbox;
  let env: NodeJS.ProcessEnv;

  const pulumi = (...args: string[]): Promise<string> =>
    succeeds("pulumi", [...args, "--non-interactive"], { cwd: project, env });
  const tried = (...args: string[]): Promise<Ended> =>
    run("pulumi", [...args, "--non-interactive"], { cwd: project, env });

  before(async () => {
    const { binDirectory } = await ensureToolchain({ definition: languageHosts });
    sandbox = await startSandbox({ directory: join(directory, "sandbox") });
    const path = [sandbox.toolchain.binDirectory, binDirectory, process.env["PATH"] ?? ""].join(":");
    env = {
      ...process.env,
      PATH: path,
      PULUMI_HOME: join(directory, "home"),
      PULUMI_BACKEND_URL: `file://${join(directory, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "of the test",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    };
    for (const folder of [project, join(directory, "state")]) mkdirSync(folder);
    await installPackage(plugin);
    // The sandbox's host installs what is for development too, unless it is told.
    writeFileSync(join(plugin, ".npmrc"), "omit=dev\nignore-scripts=true\n");
    writeFileSync(join(project, "Pulumi.yaml"), "name: shop\nruntime: yaml\n");
  });
  after(async () => {
    await sandbox.stop();
    rmSync(directory, { recursive: true });
  });

  it("`pulumi schema check` has no objection", async () => {
    const { code, stdout, stderr } = await tried("schema", "check", committed);
    assert.equal(code, 0, stdout + stderr);
    assert.doesNotMatch(stdout + stderr, /warning|error/i);
  });

  it("`pulumi package get-schema` shows what is committed", async () => {
    const shown = JSON.parse(await pulumi("package", "get-schema", plugin)) as { resources: object };
    const written = JSON.parse(readFileSync(committed, "utf8")) as {
      resources: object;
    };
    assert.deepEqual(Object.keys(shown.resources), Object.keys(written.resources));
  });

  describe("YAML", () => {
    const store = (change: object = {}): object => ({
      longhorn: {
        version: "1.12.0",
        podDeletionPolicy: "delete-deployment-pod",
        kubeletRootDir: "/var/lib/kubelet",
        chart: sandbox.chart,
        backup: {
          target: "s3://backups@eu-central-1/shop",
          credentials: { accessKeyId: "an-id", secretAccessKey: { "fn::secret": backupKey } },
        },
      },
      volume: { size: "1Gi" },
      failover: { onNodeFailure: "Wait" },
      deletionProtection: false,
      ...change,
    });

    /** Leaves what `pulumi package add` has written. */
    const write = (properties: object): void => {
      const file = join(project, "Pulumi.yaml");
      const [head = ""] = readFileSync(file, "utf8").split("\nresources:");
      const cluster = { kubeconfig: sandbox.kubeconfig, context: "sandbox" };
      const program = {
        resources: {
          cluster: { type: "pulumi:providers:kubernetes", properties: cluster },
          photos: { type: "longhorn-s3:ObjectStore", properties, options: { providers: ["${cluster}"] } },
        },
        outputs: {
          ...Object.fromEntries(
            [
              "namespace",
              "serviceName",
              "servicePort",
              "accessKeyId",
              "secretAccessKey",
              "podDeletionPolicy",
              "chartVersion",
            ]
              .concat("storageClassName")
              .map((name) => [name, `\${photos.${name}}`]),
          ),
          nodeFailure: "${photos.predictedRecovery.nodeFailure}",
        },
      };
      writeFileSync(file, `${head.trimEnd()}\n${stringify(program)}`);
    };

    it("`pulumi package add` takes the package from its folder", async () => {
      await pulumi("package", "add", plugin);
      assert.match(readFileSync(join(project, "Pulumi.yaml"), "utf8"), /packages:\n +longhorn-s3:/);
      await pulumi("stack", "init", "test");
    });

    it("a preview refuses every bad input by its path, and says what is allowed", async () => {
      write(store({ volume: { size: "many" }, failover: { onNodeFailure: "Wait", tolerationSeconds: -1 } }));
      const { code, stdout, stderr } = await tried("preview", "--stack", "test");
      assert.notEqual(code, 0);
      assert.match(stdout + stderr, /volume\.size: got "many"; allowed:/);
      assert.match(stdout + stderr, /failover\.tolerationSeconds: got -1; allowed:/);
    });

    it("`pulumi up` makes a store that serves, with its outputs", async () => {
      write(store());
      await pulumi("up", "--stack", "test", "--yes", "--skip-preview");
      const outputs = JSON.parse(
        await pulumi("stack", "output", "--json", "--show-secrets", "--stack", "test"),
      ) as Outputs;
      assert.equal(outputs.podDeletionPolicy, "delete-deployment-pod");
      assert.match(outputs.nodeFailure.never ?? "", /./);
      const { url } = await sandbox.exposeService(outputs.namespace, outputs.serviceName, outputs.servicePort);
      const client = createObjectClient({ url, credentials: outputs, bucket: "bucket" });
      try {
        await client.createBucket();
        await client.put("kept", contentOf("kept", 100_001));
        assert.ok((await client.get("kept"))?.equals(contentOf("kept", 100_001)));
      } finally {
        client.close();
      }
    });

    it("keeps secrets out of the state and of what is shown", async () => {
      const shown = JSON.parse(await pulumi("stack", "output", "--json", "--stack", "test")) as Outputs;
      assert.deepEqual([shown.accessKeyId, shown.secretAccessKey], ["[secret]", "[secret]"]);
      assert.equal(shown.serviceName, "photos");
      const state = await pulumi("stack", "export", "--stack", "test");
      for (const text of [backupKey, Buffer.from(backupKey).toString("base64")]) assert.ok(!state.includes(text));
    });

    it("a second `pulumi up` changes nothing", async () => {
      const { code, stdout, stderr } = await tried(
        "up",
        "--stack",
        "test",
        "--yes",
        "--skip-preview",
        "--expect-no-changes",
      );
      assert.equal(code, 0, stdout + stderr);
    });
  });

  describe("Python", () => {
    it("`pulumi package gen-sdk` writes an SDK that a program deploys a second store with", async function () {
      if (!(await hasPython())) this.skip();
      await pulumi("package", "gen-sdk", committed, "--language", "python", "--out", python);
      await succeeds("python3", ["-m", "venv", join(python, "venv")], { cwd: python });
      const interpreter = join(python, "venv", "bin", "python");
      const packages = ["pulumi==3.256.0", "pulumi-kubernetes==4.25.0", "parver", "semver"];
      await succeeds(interpreter, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages], {
        cwd: python,
      });
      const outputs = JSON.parse(await pulumi("stack", "output", "--json", "--stack", "test")) as Outputs;
      const found = await succeeds(interpreter, [join(__dirname, "languages.py"), plugin, join(python, "work")], {
        cwd: python,
        env: {
          ...env,
          PYTHONPATH: join(python, "python"),
          KUBECONFIG: sandbox.kubeconfig,
          LONGHORN: JSON.stringify(outputs),
        },
      });
      const { serviceName, secretAccessKey } = JSON.parse(found.trim().split("\n").at(-1) ?? "") as Record<
        string,
        Shown
      >;
      assert.deepEqual(serviceName, { value: "films", secret: false });
      assert.equal(secretAccessKey?.secret, true);
      assert.ok(String(secretAccessKey.value).length >= 20);
    });
  });

  describe("Go", () => {
    it("`pulumi package gen-sdk` writes an SDK that compiles", async () => {
      const out = join(directory, "sdk");
      await pulumi("package", "gen-sdk", committed, "--language", "go", "--out", out);
      const module = join(out, "go");
      const pinned = (file: string): string =>
        readFileSync(join(languageHosts.modulesDirectory, "languages", file), "utf8");
      writeFileSync(join(module, "go.mod"), pinned("go.mod").replace(/^module .*/m, "module example.com/sdk"));
      writeFileSync(join(module, "go.sum"), pinned("go.sum"));
      await succeeds("go", ["build", "./..."], {
        cwd: module,
        env: { ...goEnvironment(process.env), GOFLAGS: "-mod=mod" },
      });
    });
  });

  for (const [language, ending] of [
    ["dotnet", ".cs"],
    ["java", ".java"],
  ] as const) {
    it(`\`pulumi package gen-sdk\` writes an SDK for ${language}`, async () => {
      const out = join(directory, "sdk");
      await pulumi("package", "gen-sdk", committed, "--language", language, "--out", out);
      const files = readdirSync(join(out, language), { recursive: true, encoding: "utf8" });
      for (const component of ["ObjectStore", "S3Gateway", "Longhorn", "NodeFencing"]) {
        assert.ok(
          files.some((file) => file.endsWith(`${component}${ending}`)),
          component,
        );
      }
    });
  }

  it("`pulumi destroy` takes down what YAML has made", async () => {
    await pulumi("destroy", "--stack", "test", "--yes", "--skip-preview");
    assert.ok(existsSync(project));
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

interface Shown {
  value: unknown;
  secret: boolean;
}

async function hasPython(): Promise<boolean> {
  try {
    return (await run("python3", ["-c", "import venv, ensurepip"], { cwd: "/" })).code === 0;
  } catch {
    return false;
  }
}
