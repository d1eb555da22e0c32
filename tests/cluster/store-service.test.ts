import assert from "node:assert/strict";
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import type { PodDeletionPolicy } from "../../index";
import type { GuardFinding, PreviewInputs, StackConfig, StoreEvent, StoreStatus } from "../../tool/library";
import { repositoryDirectory } from "../../tool/repository";
import { createObjectClient, type ObjectClient } from "../../tool/s3/client";
import { contentOf } from "../../tool/s3/content";
import { shareSandbox, type DeployedSandbox } from "../../testbed/sandboxes";
import { shortDirectory } from "../../testbed/test-sandbox";
import { eventually } from "../../testbed/eventually";
import { StoreObjects } from "../../testbed/store-objects";

/** What the service answers about a store. */
interface Told {
  running?: boolean;
  events?: StoreEvent[];
  error?: string;
  status?: StoreStatus;
  message?: string;
}

const run = promisify(execFile);
const passphrase = "passphrase-of-the-service";
const content = contentOf("witness", 20_000);

describe("examples/store-service, with the real engine, on the sandbox", function () {
  this.timeout("10m");
  const directory = shortDirectory();
  const at = (...names: string[]): string => join(directory, ...names);
  const clients: ObjectClient[] = [];
  let world: DeployedSandbox;
  let cluster: StoreObjects;
  let service: ChildProcess;
  let environment: NodeJS.ProcessEnv;
  let url: string;
  let clusterConfig: Omit<StackConfig, "stores">;

  before(async () => {
    world = await shareSandbox();
    cluster = new StoreObjects(world.sandbox.kubeconfig);
    world.configure((config) => (config.stores = {}));
    await world.deployment.up();
    await startService();
  });
  after(async () => {
    for (const client of clients) client.close();
    service.kill();
    await world.remove();
    rmSync(directory, { recursive: true });
  });

  it("is written against the types that the compiled library declares", async () => {
    const compilerOptions = { strict: true, noEmit: true, skipLibCheck: true, target: "es2022", module: "nodenext" };
    writeFileSync(at("tsconfig.json"), JSON.stringify({ compilerOptions, files: ["service.ts"] }));
    const compiler = join(repositoryDirectory, "node_modules", "typescript", "bin", "tsc");
    const typeRoots = join(repositoryDirectory, "node_modules", "@types");
    await run(process.execPath, [compiler, "--project", directory, "--typeRoots", typeRoots, "--types", "node"]);
    assert.ok(existsSync(join(repositoryDirectory, "tool", "dist", "tool", "library", "index.d.ts")));
  });

  it("refuses an order with everything that is wrong with it", async () => {
    const { status, said } = await ask("POST", "/stores", { name: "Two", size: "ten" });
    assert.equal(status, 400);
    assert.match(said.message ?? "", /2 inputs are refused. Nothing was changed:/);
    for (const field of ["service.name", "volume.size"])
      assert.ok(said.message?.includes(`config.stores.Two.${field}: got`), said.message);
    assert.equal((await ask("GET", "/stores/none")).status, 404);
  });

  it("deploys two stores at once, one operation each, and tells how far they are", async () => {
    for (const name of ["one", "two"]) {
      assert.equal((await ask("POST", "/stores", { name, size: "1Gi" })).status, 202);
    }
    assert.equal((await ask("POST", "/stores", { name: "one", size: "1Gi" })).status, 409);
    for (const name of ["one", "two"]) assert.equal((await ask("GET", `/stores/${name}`)).said.running, true);
    for (const name of ["one", "two"]) {
      const { error, events = [], status } = await ended(name);
      assert.equal(error, "");
      assert.ok(events.some(({ type }) => type === "planned"));
      const deployed = `Deployment ${name}-gateway-deployment`;
      const about = events.flatMap((event) => ("resource" in event && event.resource === deployed ? [event.type] : []));
      assert.deepEqual([about[0], about.at(-1)], ["resource-started", "resource-done"]);
      const [verified] = events.flatMap((event) => (event.type === "verified" ? [event.verification] : []));
      assert.ok(verified?.isKnown, JSON.stringify(verified));
      assert.deepEqual(events.at(-1), { type: "finished", outcome: "succeeded" });
      assert.equal(status?.gateways[name]?.state, "ready");
      assert.equal(status.lastOperation?.result, "succeeded");
      const report = status.survival?.isKnown === true ? status.survival.report : assert.fail("nothing is known");
      assert.deepEqual([report.statusVersion, report.stack, report.stores.length], [1, name, 1]);
      const [store] = report.stores;
      assert.deepEqual([store?.gateway?.ready, store?.policy?.onNodeFailure], [true, "Wait"]);
      assert.ok(status.protected.includes(`PersistentVolumeClaim ${name}-gateway-data`), status.protected.join(", "));
    }
  });

  it("has made stores that keep objects, and gives their keys out to the library's callers only", async () => {
    for (const name of ["one", "two"]) {
      const keys = await credentialsOf(name);
      const { said } = await ask("GET", `/stores/${name}`);
      for (const secret of [...Object.values(keys), passphrase]) assert.ok(!JSON.stringify(said).includes(secret));
      const { namespace, serviceName, servicePort } = said.status?.outputs?.stores[name] ?? assert.fail();
      const exposed = await world.sandbox.exposeService(namespace, serviceName, servicePort);
      const client = createObjectClient({ url: exposed.url, credentials: keys, bucket: "photos" });
      clients.push(client);
      await client.createBucket();
      await client.put("witness", content);
      assert.ok(Buffer.from((await client.get("witness")) ?? []).equals(content));
    }
  });

  it("says of stores whose cluster cannot be asked that nothing is known", async () => {
    const { kubeconfig } = world.sandbox;
    renameSync(kubeconfig, `${kubeconfig}.away`);
    const { status } = (await ask("GET", "/stores/one")).said;
    renameSync(`${kubeconfig}.away`, kubeconfig);
    const fault = status?.survival?.isKnown === false ? status.survival.fault : assert.fail("something is known");
    assert.equal(fault.kind, "cluster-unreachable");
    assert.equal(status?.gateways["one"]?.state, "unknown");
  });

  it("is of a library that refuses on production what would lose data, and takes what is named", async () => {
    const store = { deletionProtection: false };
    const moved = await previewedOnProduction("two", { ...store, namespace: "elsewhere" });
    assert.equal(moved.code, "guard-refused");
    const kinds = moved.found.map(({ kind, name }) => `${kind} ${name}`);
    for (const one of ["replacement two-gateway-data", "unprotected two"]) assert.ok(kinds.includes(one), kinds.join());
    const accepted = await previewedOnProduction("two", store, { allowUnprotected: ["two"] });
    assert.equal(accepted.code, undefined);
    assert.deepEqual(
      accepted.found.map(({ kind, name }) => [kind, name]),
      [["unprotected", "two"]],
    );
  });

  it("is of a library whose deployments can be cancelled, and another one goes on from there", async () => {
    const cancelled = await told<{ events: StoreEvent[] }>(`const cancel = new AbortController();
      const events = [];
      const { code } = await tool.deployStore({ ...${inputsOf("three")}, signal: cancel.signal, onEvent: (event) => {
        events.push(event);
        if (event.type === "resource-started") cancel.abort();
      } }).catch((error) => error);
      const told = { code, events };`);
    assert.equal(cancelled.code, "cancelled");
    assert.deepEqual(cancelled.events.at(-1), { type: "finished", outcome: "cancelled", code: "cancelled" });
    await ask("POST", "/stores", { name: "three", size: "1Gi" });
    const { error, status } = await ended("three");
    assert.equal(error, "");
    assert.equal(status?.gateways["three"]?.state, "ready");
    assert.deepEqual(status.interrupted, []);
  });

  it("is of a library that deletes a store only after it was deployed unprotected, and no other one", async () => {
    const destroyed = `const told = await tool.destroyStore({ ...${addressOf("one")}, removeStack: true }).catch((error) => error);`;
    const refused = await told<{ resources: string[] }>(destroyed);
    assert.equal(refused.code, "protected");
    assert.ok(refused.resources.includes("PersistentVolumeClaim one-gateway-data"), refused.resources.join());
    assert.equal((await ended("one")).status?.gateways["one"]?.state, "ready");

    const unprotected = inputsOf("one", { deletionProtection: false });
    const { code } = await told(`await tool.deployStore(${unprotected});
      ${destroyed}`);
    assert.equal(code, undefined);
    assert.equal((await ask("GET", "/stores/one")).status, 404);
    const { items } = await cluster.core.listPersistentVolumeClaimForAllNamespaces();
    assert.deepEqual(items.map(({ metadata }) => metadata?.name).sort(), ["three-data", "two-data"]);
    assert.equal((await ended("two")).status?.gateways["two"]?.state, "ready");
  });

  it("raised no alarm", async () => {
    assert.deepEqual(await world.alarms(), []);
  });

  /** The service in a folder of its own, in which the package is linked as npm links it. */
  async function startService(): Promise<void> {
    mkdirSync(at("node_modules"));
    symlinkSync(join(repositoryDirectory, "tool"), at("node_modules", "longhorn-s3-tool"));
    for (const name of ["hono", "@hono"])
      symlinkSync(join(repositoryDirectory, "node_modules", name), at("node_modules", name));
    for (const folder of ["state", "home"]) mkdirSync(at(folder));
    copyFileSync(join(repositoryDirectory, "examples", "store-service", "service.ts"), at("service.ts"));
    const { kubeconfig, toolchain } = world.sandbox;
    const { longhorn } = await world.outputs();
    const config: Omit<StackConfig, "stores"> = {
      cluster: { kubeconfig, context: "sandbox" },
      existingLonghorn: {
        version: longhorn.chartVersion,
        storageClassName: longhorn.storageClassName,
        podDeletionPolicy: longhorn.podDeletionPolicy as PodDeletionPolicy,
      },
    };
    clusterConfig = config;
    writeFileSync(at("settings.json"), JSON.stringify({ backend: `file://${at("state")}`, config }));
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    environment = {
      ...process.env,
      PATH: `${toolchain.binDirectory}:${process.env["PATH"] ?? ""}`,
      PULUMI_HOME: at("home"),
      PULUMI_CONFIG_PASSPHRASE: passphrase,
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      TS_NODE_PROJECT: join(repositoryDirectory, "tsconfig.json"),
      PORT: String(port),
    };
    const loader = require.resolve("ts-node/register/transpile-only");
    service = spawn(process.execPath, ["-r", loader, "service.ts"], {
      cwd: directory,
      env: environment,
      stdio: "inherit",
    });
    await eventually("the service to answer", () =>
      fetch(url, { method: "HEAD" }).then(
        () => true,
        () => undefined,
      ),
    );
  }

  async function ask(method: string, path: string, body?: object): Promise<{ status: number; said: Told }> {
    const response = await fetch(`${url}${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
    return { status: response.status, said: (await response.json()) as Told };
  }

  /** What is said of a store when no operation on it runs any more. */
  async function ended(name: string): Promise<Told> {
    let said: Told = {};
    await eventually(`the operation on ${name} to end`, async () => {
      ({ said } = await ask("GET", `/stores/${name}`));
      return said.running !== true || undefined;
    });
    return said;
  }

  /** What a preview of a store's stack comes to that says it is production: what was found, and the code of a refusal. */
  async function previewedOnProduction(
    stack: string,
    store: Partial<StackConfig["stores"][string]>,
    accepted: Pick<PreviewInputs, "allowUnprotected"> = {},
  ): Promise<{ code?: string; found: GuardFinding[] }> {
    const inputs = inputsOf(stack, store, { production: true });
    return told(`const told = await tool.previewStore({ ...${inputs}, ...${JSON.stringify(accepted)} }).then(
        ({ guards: found }) => ({ found }),
        ({ code, findings: found }) => ({ code, found }));`);
  }

  async function credentialsOf(name: string): Promise<{ accessKeyId: string; secretAccessKey: string }> {
    const stores = await told<Record<string, { accessKeyId: string; secretAccessKey: string }>>(
      `const told = await tool.storeCredentials(${addressOf(name)});`,
    );
    return stores[name] ?? assert.fail(`no keys of ${name}`);
  }

  /** Where the service has the stack of a store, as source text. */
  const addressOf = (stack: string): string => JSON.stringify({ stack, backend: `file://${at("state")}` });

  /** What deploys a store as the service does, as source text. */
  function inputsOf(
    stack: string,
    store: Partial<StackConfig["stores"][string]> = {},
    config: Partial<StackConfig> = {},
  ): string {
    const stores = { [stack]: { volume: { size: "1Gi" }, failover: { onNodeFailure: "Wait" }, ...store } };
    const backend = `file://${at("state")}`;
    return JSON.stringify({ stack, backend, config: { ...clusterConfig, ...config, stores } });
  }

  /** What lines tell, in their variable `told`, of a program in ECMAScript modules that has the library as a package. */
  async function told<T>(lines: string): Promise<T & { code?: string }> {
    const program = `import * as tool from "longhorn-s3-tool"; ${lines} console.log(JSON.stringify(told));`;
    const args = ["--input-type=module", "--eval", program];
    const { stdout } = await run(process.execPath, args, { cwd: directory, env: environment });
    return JSON.parse(stdout) as T & { code?: string };
  }
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
