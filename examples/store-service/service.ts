import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { json } from "node:stream/consumers";
import * as tool from "longhorn-s3-tool";

/** What all stores have in common: where their state is, their cluster, and the Longhorn that is there. */
type Settings = Pick<tool.StackAddress, "backend"> & { config: Omit<tool.StackConfig, "stores"> };
/** What is ordered; `store` has other inputs of it, such as `deletionProtection`. */
type Order = { name?: string; size?: string; store?: Partial<tool.StackConfig["stores"][string]> };
type Answer = { status: number; body: object };

const { backend, config } = JSON.parse(readFileSync(process.argv[2] ?? "settings.json", "utf8")) as Settings;
/** The operation of each store that runs, or the last one. */
const runs = new Map<string, { running: boolean; abort: () => void; events: tool.StoreEvent[]; error?: string }>();

function begin(stack: string, start: (how: tool.OperationInputs) => Promise<unknown>): Answer {
  if (runs.get(stack)?.running) return { status: 409, body: { message: `an operation on ${stack} is running` } };
  const cancel = new AbortController();
  const run = { running: true, abort: () => cancel.abort(), events: [] as tool.StoreEvent[], error: "" };
  runs.set(stack, run);
  start({ stack, backend, signal: cancel.signal, onEvent: (event) => run.events.push(event) })
    .catch((error: tool.StoreError) => (run.error = error.message))
    .finally(() => (run.running = false));
  return { status: 202, body: { store: `/stores/${stack}` } };
}

const routes: Record<string, (name: string, order: Order) => Answer | Promise<Answer>> = {
  "POST /stores": (_, { name = "", size = "", store }) => {
    const ordered = { failover: { onNodeFailure: "Wait" as const }, ...store, volume: { size } };
    const inputs = { stack: name, config: { ...config, stores: { [name]: ordered } } };
    tool.checkInputs(inputs);
    return begin(name, (how) => tool.deployStore({ ...inputs, ...how }));
  },
  "GET /stores/:name": async (stack) => {
    const run = runs.get(stack);
    return {
      status: 200,
      body: { ...run, status: run?.running ? undefined : await tool.storeStatus({ stack, backend }) },
    };
  },
  "DELETE /stores/:name": async (stack) => {
    const status = await tool.storeStatus({ stack, backend });
    if (status.protected.length > 0) throw new tool.ProtectedError(stack, status.protected);
    return begin(stack, (how) => tool.destroyStore({ ...how, removeStack: true }));
  },
  "DELETE /stores/:name/operation": (stack) => ({ status: 202, body: { cancelled: runs.get(stack)?.abort() ?? true } }),
};

async function answer(request: IncomingMessage): Promise<Answer> {
  const { method = "", url = "" } = request;
  const route = routes[`${method} ${url.replace(/^\/stores\/[^/]+/, "/stores/:name")}`];
  const order = method === "POST" ? ((await json(request)) as Order) : {};
  return route?.(url.split("/")[2] ?? "", order) ?? { status: 404, body: { message: `no ${method} ${url}` } };
}

const statusOf: Record<string, number> = { "invalid-inputs": 400, "stack-not-found": 404, protected: 409 };

createServer((request, response) => {
  answer(request)
    .catch(({ message, code }: Partial<tool.StoreError>) => ({
      status: statusOf[code ?? ""] ?? 500,
      body: { message },
    }))
    .then(
      ({ status, body }) => response.writeHead(status).end(JSON.stringify(body)),
      () => response.destroy(),
    );
}).listen(Number(process.env["PORT"] ?? 8080), "127.0.0.1");
