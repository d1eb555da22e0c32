import type { ObjectClient } from "./client";
import { contentOf } from "./content";

/** What became of the writes of a load. */
export interface Verification {
  /** Acknowledged writes that were looked for. */
  acknowledged: number;
  /** Of these, read back with the right content. */
  verified: number;
  /** Acknowledged, but the server has no such object. */
  lost: string[];
  /** There, but with other content than was written, acknowledged or not. */
  corrupt: string[];
  /** In the bucket, but never sent. */
  phantom: string[];
  /** Could not be read at all. */
  unreadable: string[];
  /** Never acknowledged (the answer was lost), yet stored whole: allowed, and worth knowing. */
  storedWithoutAcknowledgement: number;
}

export interface VerificationOptions {
  client: Pick<ObjectClient, "get" | "keys">;
  /** Keys of the acknowledged writes, from the ledger. */
  acknowledged: readonly string[];
  /** Keys of all writes that were sent. */
  sent: readonly string[];
  /** Objects whose names begin otherwise are not the load's and not looked at. */
  keyPrefix: string;
  /**
   * Length of the object of that name.
   * @default 4096 for each
   */
  sizeOf?: (key: string) => number;
  onProgress?: (done: number, total: number) => void;
  signal?: AbortSignal;
}

const inParallel = 16;
const tries = 3;

/** Reads back every object of the load and compares it with what its key says that it must hold. */
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

/** A read may be repeated: only an answer says something about the object. */
async function again<T>(read: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await read();
    } catch (error) {
      if (attempt === tries) throw error;
    }
  }
}
