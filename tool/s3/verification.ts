import type { ObjectClient } from "./client";
import { contentOf } from "./content";

/** Results of the writes of a load. */
export interface Verification {
  /** Acknowledged writes that were checked. */
  acknowledged: number;
  /** Acknowledged writes that were read back with the correct content. */
  verified: number;
  /** Acknowledged writes whose object does not exist. */
  lost: string[];
  /** Objects with other content than was written, acknowledged or not. */
  corrupt: string[];
  /** Objects that were never sent. */
  phantom: string[];
  /** Objects that could not be read. */
  unreadable: string[];
  /** Number of objects that were stored completely although never acknowledged, which is allowed. */
  storedWithoutAcknowledgement: number;
}

export interface VerificationOptions {
  client: Pick<ObjectClient, "get" | "keys">;
  /** Keys of the acknowledged writes, from the ledger. */
  acknowledged: readonly string[];
  /** Keys of all writes that were sent. */
  sent: readonly string[];
  /** Prefix of the load's keys. Other objects are ignored. */
  keyPrefix: string;
  /**
   * Returns the length of an object.
   *
   * @default 4096 for each
   */
  sizeOf?: (key: string) => number;
  onProgress?: (done: number, total: number) => void;
  signal?: AbortSignal;
}

const inParallel = 16;
const tries = 3;

/** Reads back every object of the load, and compares it with the content that its key determines. */
export async function verifyLoad(options: VerificationOptions): Promise<Verification> {
  const { client, keyPrefix, sizeOf = () => 4096 } = options;
  const acknowledged = new Set(options.acknowledged);
  const sent = new Set([...options.sent, ...options.acknowledged]);
  const stored = (await again(() => client.keys())).filter((key) => key.startsWith(keyPrefix));
  const unacknowledged = stored.filter((key) => sent.has(key) && !acknowledged.has(key));

  const found = new Map<string, Finding>();
  const toRead = [...acknowledged, ...unacknowledged];
  for (let begin = 0; begin < toRead.length; begin += inParallel) {
    options.signal?.throwIfAborted();
    const part = toRead.slice(begin, begin + inParallel);
    await Promise.all(part.map(async (key) => found.set(key, await look(client, key, sizeOf(key)))));
    options.onProgress?.(found.size, toRead.length);
  }
  const those = (finding: Finding) => toRead.filter((key) => found.get(key) === finding);
  const whole = those("whole");
  return {
    acknowledged: acknowledged.size,
    verified: whole.filter((key) => acknowledged.has(key)).length,
    lost: those("absent").filter((key) => acknowledged.has(key)),
    corrupt: those("corrupt"),
    phantom: stored.filter((key) => !sent.has(key)),
    unreadable: those("unreadable"),
    storedWithoutAcknowledgement: whole.filter((key) => !acknowledged.has(key)).length,
  };
}

type Finding = "whole" | "absent" | "corrupt" | "unreadable";

async function look(client: Pick<ObjectClient, "get">, key: string, sizeBytes: number): Promise<Finding> {
  try {
    const bytes = await again(() => client.get(key));
    if (bytes === undefined) return "absent";
    return contentOf(key, sizeBytes).equals(bytes) ? "whole" : "corrupt";
  } catch {
    return "unreadable";
  }
}

/** Retries a read, because only a response is a statement about the object. */
async function again<T>(read: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await read();
    } catch (error) {
      if (attempt === tries) throw error;
    }
  }
}
