import assert from "node:assert/strict";
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import type { StoreEvent, StoreStatus } from "../../tool/library";
import { repositoryDirectory } from "../../tool/repository";
import { createObjectClient, type ObjectClient } from "../../tool/s3/client";
import { contentOf } from "../../tool/s3/content";
import { prepareSandbox, shortDirectory, type DeployedSandbox } from "../deployed-sandbox";
import { eventually } from "../drill/eventually";
import { StoreObjects } from "./store-objects";

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

  before(async () => {
    await compileLibrary();
    world = await prepareSandbox();
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

  it("refuses an order with everything that is wrong with it", async () => {
    const { status, said } = await ask("POST", "/stores", { name: "Two", size: "ten", store: { logLevel: "chatty" } });
    assert.equal(status, 400);
    assert.match(said.message ?? "", /3 inputs are refused, nothing was done:/);
    for (const field of ["volume.size", "logLevel"])
      assert.ok(said.message?.includes(`config.stores.Two.${field}: got`));
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
      assert.deepEqual(events.at(-1), { type: "finished", outcome: "succeeded" });
      assert.equal(status?.gateways[name]?.state, "ready");
      assert.equal(status.lastOperation?.result, "succeeded");
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

  it("cancels a deployment, from which another one goes on", async () => {
    await ask("POST", "/stores", { name: "three", size: "1Gi" });
    await eventually("the deployment of three to have begun", async () => {
      const { events = [] } = (await ask("GET", "/stores/three")).said;
      return events.some(({ type }) => type === "resource-started") || undefined;
    });
    assert.equal((await ask("DELETE", "/stores/three/operation")).status, 202);
    assert.deepEqual((await ended("three")).events?.at(-1), {
      type: "finished",
      outcome: "cancelled",
      code: "cancelled",
    });
    await ask("POST", "/stores", { name: "three", size: "1Gi" });
    const { error, status } = await ended("three");
    assert.equal(error, "");
    assert.equal(status?.gateways["three"]?.state, "ready");
    assert.deepEqual(status.interrupted, []);
  });

  it("deletes a store only after it was ordered unprotected, and no other one", async () => {
    const refused = await ask("DELETE", "/stores/one");
    assert.equal(refused.status, 409);
    assert.match(
      refused.said.message ?? "",
      /holds what is protected, nothing was deleted: .*PersistentVolumeClaim one-gateway-data/,
    );
    assert.equal((await ended("one")).status?.gateways["one"]?.state, "ready");

    await ask("POST", "/stores", { name: "one", size: "1Gi", store: { deletionProtection: false } });
    assert.equal((await ended("one")).error, "");
    assert.equal((await ask("DELETE", "/stores/one")).status, 202);
    await eventually("store one to be gone", async () => {
      return (await ask("GET", "/stores/one")).status === 404 || undefined;
    });
    const { items } = await cluster.core.listPersistentVolumeClaimForAllNamespaces();
    assert.deepEqual(items.map(({ metadata }) => metadata?.name).sort(), ["three-data", "two-data"]);
    assert.equal((await ended("two")).status?.gateways["two"]?.state, "ready");
  });

  it("raised no alarm", async () => {
    assert.deepEqual(await world.sandbox.alarms(), []);
  });

  /** As `npm install` of the package's folder does. */
  async function compileLibrary(): Promise<void> {
    await run(process.execPath, [join(repositoryDirectory, "tool", "library", "compile.mjs")]);
  }

  /** The service in a folder of its own, in which the package is linked as npm links it. */
  async function startService(): Promise<void> {
    mkdirSync(at("node_modules"));
    symlinkSync(join(repositoryDirectory, "tool"), at("node_modules", "longhorn-s3-tool"));
    for (const folder of ["state", "home"]) mkdirSync(at(folder));
    copyFileSync(join(repositoryDirectory, "examples", "store-service", "service.ts"), at("service.ts"));
    const { kubeconfig, toolchain } = world.sandbox;
    const { longhorn } = await world.outputs();
    const config = {
      cluster: { kubeconfig, context: "sandbox" },
      existingLonghorn: {
        version: longhorn.chartVersion,
        storageClassName: longhorn.storageClassName,
        podDeletionPolicy: longhorn.podDeletionPolicy,
      },
    };
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

  /** Read by a program in ECMAScript modules that has the library as a package. */
  async function credentialsOf(name: string): Promise<{ accessKeyId: string; secretAccessKey: string }> {
    const address = JSON.stringify({ stack: name, backend: `file://${at("state")}` });
    const program = `import { storeCredentials } from "longhorn-s3-tool";
      console.log(JSON.stringify(await storeCredentials(${address})));`;
    const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", program], {
      ...{ cwd: directory, env: environment },
    });
    const stores = JSON.parse(stdout) as Record<string, { accessKeyId: string; secretAccessKey: string }>;
    return stores[name] ?? assert.fail(`no keys of ${name}`);
  }
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
