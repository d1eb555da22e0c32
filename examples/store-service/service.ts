import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { json } from "node:stream/consumers";
import * as tool from "longhorn-s3-tool";

/** What all stores have in common: where their state is, their cluster, and the Longhorn that is there. */
type Settings = Pick<tool.StackAddress, "backend"> & { config: Omit<tool.StackConfig, "stores"> };
const { backend, config } = JSON.parse(readFileSync(process.argv[2] ?? "settings.json", "utf8")) as Settings;

/** The operation of each store that runs, or the last one. */
const runs = new Map<string, { running: boolean; abort: () => void; events: tool.StoreEvent[]; error?: string }>();

function begin(name: string, start: (how: Omit<tool.OperationInputs, "stack">) => Promise<unknown>): Answer {
  if (runs.get(name)?.running) return { status: 409, body: { message: `an operation on ${name} is running` } };
  const cancel = new AbortController();
  const run = { running: true, abort: () => cancel.abort(), events: [] as tool.StoreEvent[], error: "" };
  runs.set(name, run);
  start({ backend, signal: cancel.signal, onEvent: (event) => run.events.push(event) })
    .catch((error: tool.StoreError) => (run.error = error.message))
    .finally(() => (run.running = false));
  return { status: 202, body: { store: `/stores/${name}` } };
}

async function answer({ method, url = "" }: IncomingMessage, order: Order): Promise<Answer> {
  const [, name = String(order.name ?? ""), what] = /^\/stores\/([^/]+)(\/operation)?$/.exec(url) ?? [];
  switch (method) {
    case "POST": {
      const store = {
        failover: { onNodeFailure: "Wait" as const },
        ...order.store,
        volume: { size: order.size ?? "" },
      };
      const inputs = { stack: name, config: { ...config, stores: { [name]: store } } };
      tool.checkInputs(inputs);
      return begin(name, (how) => tool.deployStore({ ...inputs, ...how }));
    }
    case "DELETE": {
      if (what !== undefined) return { status: 202, body: { cancelled: runs.get(name)?.abort() ?? true } };
      const status = await tool.storeStatus({ stack: name, backend });
      if (status.protected.length > 0) throw new tool.ProtectedError(name, status.protected);
      return begin(name, (how) => tool.destroyStore({ stack: name, ...how, removeStack: true }));
    }
    case undefined:
    default: {
      const run = runs.get(name);
      const status = run?.running ? undefined : await tool.storeStatus({ stack: name, backend });
      return { status: 200, body: { ...run, status } };
    }
  }
}

interface Order {
  name?: string;
  size?: string;
  /** Other inputs of the store, such as `deletionProtection`. */
  store?: Partial<tool.StackConfig["stores"][string]>;
}

interface Answer {
  status: number;
  body: object;
}

const statusOf: Record<string, number> = { "invalid-inputs": 400, "stack-not-found": 404, protected: 409 };

createServer((request, response) => {
  const reply = ({ status, body }: Answer) => response.writeHead(status).end(JSON.stringify(body));
  const order = request.method === "POST" ? (json(request) as Promise<Order>) : Promise.resolve({});
  order
    .then((ordered) => answer(request, ordered))
    .catch(({ message, code = "" }: Error & { code?: string }) => ({
      status: statusOf[code] ?? 500,
      body: { message },
    }))
    .then(reply, () => response.destroy());
}).listen(Number(process.env["PORT"] ?? 8080), "127.0.0.1");
