import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { readFileSync } from "node:fs";
import { checkInputs, deployStore, StoreError, storeStatus, type StackConfig, type StoreEvent } from "longhorn-s3-tool";

/** Pulumi backend of all stores, their cluster, and the existing Longhorn. */
type Settings = { backend: string; config: Omit<StackConfig, "stores"> };
const { backend, config } = JSON.parse(readFileSync(process.argv[2] ?? "settings.json", "utf8")) as Settings;
/** Current or last deployment of each store. */
const runs = new Map<string, { running: boolean; events: StoreEvent[]; error?: string }>();

const service = new Hono()
  .post("/stores", async (call) => {
    const { name, size } = await call.req.json<{ name: string; size: string }>();
    if (runs.get(name)?.running) return call.json({ message: `a deployment of ${name} is running` }, 409);
    const stores = { [name]: { volume: { size }, failover: { onNodeFailure: "Wait" as const } } };
    const inputs = { stack: name, backend, config: { ...config, stores } };
    checkInputs(inputs);
    const run = { running: true, events: [] as StoreEvent[], error: "" };
    runs.set(name, run);
    deployStore({ ...inputs, onEvent: (event) => run.events.push(event) })
      .catch((error: StoreError) => (run.error = error.message))
      .finally(() => (run.running = false));
    return call.json({ store: `/stores/${name}` }, 202);
  })
  .get("/stores/:name", async (call) => {
    const stack = call.req.param("name");
    const run = runs.get(stack);
    return call.json({ ...run, status: run?.running ? undefined : await storeStatus({ stack, backend }) });
  })
  .onError((error, call) => {
    const code = error instanceof StoreError ? error.code : undefined;
    const status = code === "invalid-inputs" ? 400 : code === "stack-not-found" ? 404 : 500;
    return call.json({ message: error.message }, status);
  });

serve({ fetch: service.fetch, hostname: "127.0.0.1", port: Number(process.env["PORT"] ?? 8080) });
