import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { contentOf } from "../../../tool/s3/content";
import type { AcknowledgedWrite } from "../../../tool/s3/ledger";
import { startLoad } from "../../../tool/s3/load";
import { verifyLoad } from "../../../tool/s3/verification";

/** A bucket in memory that can be told to lose, damage or refuse. */
function memoryBucket() {
  const objects = new Map<string, Uint8Array>();
  return {
    objects,
    async put(key: string, body: Uint8Array): Promise<void> {
      objects.set(key, body);
    },
    async get(key: string): Promise<Uint8Array | undefined> {
      return objects.get(key);
    },
    async keys(): Promise<string[]> {
      return [...objects.keys()];
    },
  };
}

describe("content derived from the key", () => {
  it("has the size asked for, is the same for the same key and another for another key", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.integer({ min: 16, max: 5000 }), (a, b, size) => {
        assert.equal(contentOf(a, size).length, size);
        assert.ok(contentOf(a, size).equals(contentOf(a, size)));
        if (a !== b) assert.ok(!contentOf(a, size).equals(contentOf(b, size)));
      }),
    );
  });
});

describe("open-loop load", () => {
  it("goes on sending while the store hangs, and records acknowledged writes only", async () => {
    const ledger: AcknowledgedWrite[] = [];
    const hanging = new AbortController();
    const client = {
      async put(key: string): Promise<void> {
        if (key < "t-000003") return;
        await sleep(10_000, undefined, { signal: hanging.signal });
      },
    };
    const load = startLoad({
      client,
      ledger: { append: (write) => void ledger.push(write) },
      keyPrefix: "t-",
      requestsPerSecond: 200,
    });
    await sleep(100);
    setTimeout(() => hanging.abort(), 20);
    const attempts = await load.stop();
    assert.ok(attempts.length > 6, `${attempts.length} requests were sent`);
    assert.deepEqual(
      ledger.map(({ key }) => key),
      ["t-000000", "t-000001", "t-000002"],
    );
    assert.equal(
      attempts.filter(({ ok }) => !ok).every(({ error }) => error === "ABORT_ERR"),
      true,
    );
  });
});

describe("verification", () => {
  const keys = Array.from({ length: 40 }, (_, index) => `t-${index}`);

  async function verifyAfter(change: (bucket: ReturnType<typeof memoryBucket>) => void) {
    const bucket = memoryBucket();
    for (const key of keys) await bucket.put(key, contentOf(key, 64));
    change(bucket);
    const acknowledged = keys.slice(0, 30);
    return verifyLoad({ client: bucket, acknowledged, sent: keys, keyPrefix: "t-", sizeOf: () => 64 });
  }

  it("finds every acknowledged write whole, and those whose answer was lost", async () => {
    const found = await verifyAfter(() => undefined);
    assert.deepEqual(found, {
      acknowledged: 30,
      verified: 30,
      lost: [],
      corrupt: [],
      phantom: [],
      unreadable: [],
      storedWithoutAcknowledgement: 10,
    });
  });

  it("does not hold the absence of an unacknowledged write against the store", async () => {
    const found = await verifyAfter((bucket) => bucket.objects.delete("t-35"));
    assert.deepEqual(found.lost, []);
    assert.equal(found.storedWithoutAcknowledgement, 9);
  });

  it("tells lost, corrupt, phantom and unreadable objects apart", async () => {
    const found = await verifyAfter((bucket) => {
      bucket.objects.delete("t-3");
      bucket.objects.set("t-4", contentOf("t-5", 64));
      bucket.objects.set("t-36", contentOf("t-36", 63));
      bucket.objects.set("t-900", contentOf("t-900", 64));
      bucket.objects.set("other", new Uint8Array());
      const get = bucket.get.bind(bucket);
      bucket.get = async (key) => (key === "t-7" ? Promise.reject(new Error("no answer")) : get(key));
    });
    assert.deepEqual(found.lost, ["t-3"]);
    assert.deepEqual(found.corrupt, ["t-4", "t-36"]);
    assert.deepEqual(found.phantom, ["t-900"]);
    assert.deepEqual(found.unreadable, ["t-7"]);
    assert.equal(found.verified, 27);
  });
});
