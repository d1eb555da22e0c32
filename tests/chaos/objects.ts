import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Sandbox } from "../../sandbox";
import { layoutOf } from "../../sandbox/layout";
import type { StackOutputs } from "../../components/stack-reference/contract";
import { createObjectClient, type ObjectClient } from "../../tool/s3/client";
import { contentOf } from "../../tool/s3/content";

const bucket = "kept";
const keys = ["one", "two", "three"] as const;

/** More than one part of a stream, and no multiple of anything. */
const sizeBytes = 1024 * 1024 + 1;

/** For how long a store may be away after it was deployed. */
const awayLimitMs = 60_000;

/** Writes the objects that have to be there ever after. */
export async function writeObjects(sandbox: Sandbox, outputs: StackOutputs, store: string): Promise<void> {
  await withClient(sandbox, outputs, store, async (client) => {
    await client.createBucket();
    for (const key of keys) await client.put(key, contentOf(key, sizeBytes));
  });
}

/** What is wrong with the objects that were written, read through the store's Service with the keys of the outputs. */
export async function objectsReadable(sandbox: Sandbox, outputs: StackOutputs, store: string): Promise<string[]> {
  return withClient(sandbox, outputs, store, async (client) => {
    const findings = await Promise.all(keys.map(async (key) => findingOf(key, () => once(() => client.get(key)))));
    return findings.flat();
  });
}

/** The same on the volume itself, which is all that is left after `destroy`. */
export function objectsOnVolume(sandbox: Sandbox, handle: string): string[] {
  const volume = join(layoutOf(sandbox.directory).volumes, handle);
  const files = readdirSync(volume, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return keys.flatMap((key) => {
    const copies = files.filter(({ name, parentPath }) => name === key && parentPath.endsWith(`/${bucket}`));
    const whole = copies.some(({ name, parentPath }) => isWhole(key, readFileSync(join(parentPath, name))));
    return whole ? [] : [`object "${key}" is not on the volume ${handle} as it was written`];
  });
}

async function findingOf(key: string, read: () => Promise<Uint8Array | undefined>): Promise<string[]> {
  try {
    const bytes = await read();
    if (bytes === undefined) return [`object "${key}" is lost`];
    return isWhole(key, bytes) ? [] : [`object "${key}" is not what was written`];
  } catch (error) {
    return [
      `object "${key}" cannot be read: ${error instanceof Error ? `${error.name} ${error.message}` : String(error)}`,
    ];
  }
}

const isWhole = (key: string, bytes: Uint8Array): boolean => contentOf(key, sizeBytes).equals(bytes);

type Client = ObjectClient & { createBucket(): Promise<void> };

async function withClient<T>(
  sandbox: Sandbox,
  { stores, credentials }: StackOutputs,
  store: string,
  use: (client: Client) => Promise<T>,
): Promise<T> {
  const [found, keysOfStore] = [stores[store], credentials[store]];
  if (found === undefined || keysOfStore === undefined) throw new Error(`the stack has no store "${store}"`);
  const { url } = await sandbox.exposeService(found.namespace, found.serviceName, found.servicePort);
  // The client writes into what it is given.
  const client = createObjectClient({ url, credentials: { ...keysOfStore }, bucket });
  try {
    return await use(client);
  } finally {
    client.close();
  }
}

/** An answer, from a store that may still be starting. */
async function once<T>(ask: () => Promise<T>): Promise<T> {
  for (const deadline = Date.now() + awayLimitMs; ; await sleep(500)) {
    try {
      return await ask();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}
